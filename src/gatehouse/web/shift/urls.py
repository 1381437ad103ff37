from django.urls import path

from gatehouse.web.shift import handovers

urlpatterns = [
    path("", handovers.handovers, name="handovers"),
    path("give/", handovers.give, name="handover_give"),
    path("<uuid:handover>/", handovers.one, name="handover"),
]

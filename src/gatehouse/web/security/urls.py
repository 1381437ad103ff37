from django.urls import path

from gatehouse.web.security import views

urlpatterns = [
    path("", views.alerts, name="alerts"),
    path("<uuid:alert_id>/", views.one, name="alert"),
]

from django.urls import path

from gatehouse.web import converters  # noqa: F401 (registers what stands in the addresses)
from gatehouse.web.secondline import views

urlpatterns = [
    path("", views.queue, name="secondline"),
    path("<uuid:inspection>/", views.inspect, name="secondline_inspection"),
    path("<uuid:inspection>/capture/", views.capture, name="secondline_capture"),
    path("<uuid:inspection>/judge/", views.judge, name="secondline_judge"),
    path("<uuid:inspection>/decide/<kind:kind>/", views.decide, name="secondline_decide"),
    path("<uuid:inspection>/confirm/", views.confirm_refusal, name="secondline_confirm"),
    path("<uuid:inspection>/decline/", views.decline_refusal, name="secondline_decline"),
]

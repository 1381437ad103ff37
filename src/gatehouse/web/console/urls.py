from django.urls import path

from gatehouse.documents.inspectionlog.files import LogFormat
from gatehouse.web import converters  # noqa: F401 (registers what stands in the addresses)
from gatehouse.web.console import desk, views

urlpatterns = [
    path("", views.idle, name="console"),
    path("ticket/", desk.ticket, name="console_ticket"),
    path("next/", views.next_traveller, name="console_next"),
    path("<uuid:inspection>/", views.inspect, name="console_inspection"),
    path("<uuid:inspection>/capture/", views.capture, name="console_capture"),
    path("<uuid:inspection>/judge/", views.judge, name="console_judge"),
    path("<uuid:inspection>/decide/<kind:kind>/", views.decide, name="console_decide"),
    *(
        path(f"<uuid:inspection>/log.{form}", views.log, {"form": form}, name=f"console_inspection_log_{form}")
        for form in LogFormat
    ),
]

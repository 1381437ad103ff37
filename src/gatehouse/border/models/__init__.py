"""The tables of the border."""

from gatehouse.border.models.biometrics import Capture, Comparison, Judgement
from gatehouse.border.models.devices import Bundle, DeviceContact, DeviceEvent
from gatehouse.border.models.handovers import Handover, HandoverTaken
from gatehouse.border.models.inspections import Crossing, Decision, Images, Inspection
from gatehouse.border.models.tallies import EnrolmentTally, PassageTally

__all__ = [
    "Bundle",
    "Capture",
    "Comparison",
    "Crossing",
    "Decision",
    "DeviceContact",
    "DeviceEvent",
    "EnrolmentTally",
    "Handover",
    "HandoverTaken",
    "Images",
    "Inspection",
    "Judgement",
    "PassageTally",
]

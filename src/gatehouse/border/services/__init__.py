"""Changes of the border's records: one function for each."""

from gatehouse.border.services.bundles import bundle_issue
from gatehouse.border.services.captures import capture_decline, capture_exempt, capture_take, faces_judge
from gatehouse.border.services.crossings import crossing_correct, crossing_record
from gatehouse.border.services.decisions import decision_take, refusal_confirm, refusal_decline
from gatehouse.border.services.handovers import handover_give, handover_take
from gatehouse.border.services.inspections import inspection_open
from gatehouse.border.services.lane_lists import lane_lists_issue
from gatehouse.border.services.ledgers import device_event_retry, device_events_take
from gatehouse.border.services.loading import tallies_load
from gatehouse.border.services.tallies import enrolment_tallies_record, passage_tallies_record

__all__ = [
    "bundle_issue",
    "capture_decline",
    "capture_exempt",
    "capture_take",
    "crossing_correct",
    "crossing_record",
    "decision_take",
    "device_event_retry",
    "device_events_take",
    "enrolment_tallies_record",
    "faces_judge",
    "handover_give",
    "handover_take",
    "inspection_open",
    "lane_lists_issue",
    "passage_tallies_record",
    "refusal_confirm",
    "refusal_decline",
    "tallies_load",
]

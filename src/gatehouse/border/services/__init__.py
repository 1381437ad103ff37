"""Changes of the border's records: one function for each."""

from gatehouse.border.services.crossings import crossing_correct, crossing_record
from gatehouse.border.services.decisions import decision_take, refusal_confirm, refusal_decline
from gatehouse.border.services.inspections import inspection_open

__all__ = [
    "crossing_correct",
    "crossing_record",
    "decision_take",
    "inspection_open",
    "refusal_confirm",
    "refusal_decline",
]

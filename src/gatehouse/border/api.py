"""What other rooms may import from the border."""

from gatehouse.border.domain.records import CrossingFacts, CrossingKey, DecisionTaken, DocumentReading, Recorded
from gatehouse.border.domain.views import (
    CrossingView,
    DecisionView,
    DocumentView,
    HitView,
    HoldView,
    InspectionView,
    PermitView,
    PersonView,
    Proposal,
    QueueRow,
)
from gatehouse.border.domain.words import Capacity, DecisionKind, Direction, InspectionState
from gatehouse.border.selectors import (
    crossings_behind,
    crossings_of,
    crossings_per_day,
    inspection_view,
    second_line_queue,
)
from gatehouse.border.services import (
    crossing_correct,
    crossing_record,
    decision_take,
    inspection_open,
    refusal_confirm,
    refusal_decline,
)

__all__ = [
    "Capacity",
    "CrossingFacts",
    "CrossingKey",
    "CrossingView",
    "DecisionKind",
    "DecisionTaken",
    "DecisionView",
    "Direction",
    "DocumentReading",
    "DocumentView",
    "HitView",
    "HoldView",
    "InspectionState",
    "InspectionView",
    "PermitView",
    "PersonView",
    "Proposal",
    "QueueRow",
    "Recorded",
    "crossing_correct",
    "crossing_record",
    "crossings_behind",
    "crossings_of",
    "crossings_per_day",
    "decision_take",
    "inspection_open",
    "inspection_view",
    "refusal_confirm",
    "refusal_decline",
    "second_line_queue",
]

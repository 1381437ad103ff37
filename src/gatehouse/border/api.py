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
]

"""The words of the border: `gatehouse.device` has them, since programs away from the centre say the same."""

from gatehouse.device.words import Capacity, DecisionKind, Direction, Finding, InspectionState

__all__ = ["Capacity", "DecisionKind", "Direction", "Finding", "InspectionState"]

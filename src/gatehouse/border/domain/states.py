"""How an inspection goes on: the same table at the centre and away from it, in `gatehouse.device`."""

from gatehouse.device.states import PASS, TRANSITIONS, Event, decidable, permission_for

__all__ = ["PASS", "TRANSITIONS", "Event", "decidable", "permission_for"]

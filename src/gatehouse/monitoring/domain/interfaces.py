"""The state of a network device from what it says of its interfaces (IF-MIB, RFC 2863).

An interface that somebody switched off is no fault. One that is switched on and does not work is. A device of which
some watched interfaces work and some do not is degraded. What does not answer is unknown: it is never up, and that it
is down nobody saw either.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from gatehouse.monitoring.domain.states import State


class AdminStatus(IntEnum):
    UP = 1
    DOWN = 2
    TESTING = 3


class OperStatus(IntEnum):
    UP = 1
    DOWN = 2
    TESTING = 3
    UNKNOWN = 4
    DORMANT = 5
    NOT_PRESENT = 6
    LOWER_LAYER_DOWN = 7


@dataclass(frozen=True, slots=True)
class Interface:
    """`admin` and `oper` as the device says; None where it knows no such interface."""

    index: int
    admin: int | None
    oper: int | None

    @property
    def state(self) -> State | None:
        """None where it is switched off: nobody asks it to serve."""
        if self.admin is None or self.oper is None:
            return State.UNKNOWN
        if self.admin != AdminStatus.UP:
            return None
        if self.oper in (OperStatus.UP, OperStatus.DORMANT):  # dormant waits for something to come, and would take it
            return State.UP
        return State.UNKNOWN if self.oper == OperStatus.UNKNOWN else State.DOWN


def device_state(interfaces: Sequence[Interface]) -> State:
    """The state of a device that answered, from the interfaces that are watched; none is watched: up."""
    states = [interface.state for interface in interfaces]
    asked = [state for state in states if state is not None]
    if not asked or all(state is State.UP for state in asked):
        return State.UP
    if all(state is State.DOWN for state in asked):
        return State.DOWN
    return State.UNKNOWN if State.DOWN not in asked and State.UP not in asked else State.DEGRADED

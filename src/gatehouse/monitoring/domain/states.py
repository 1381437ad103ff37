"""The states of a device, which are also the buckets of its time, and which of them wins."""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    UP = "up"
    #: Works, with less than all it can do.
    DEGRADED = "degraded"
    DOWN = "down"
    #: Work that was registered before it began.
    PLANNED = "planned"
    OUT_OF_SERVICE_HOURS = "out_of_service_hours"
    #: Nobody looked, or whoever looked could not see. Silence is never up.
    UNKNOWN = "unknown"
    #: Not yet in service, or no longer.
    NOT_COMMISSIONED = "not_commissioned"


#: Where sources differ about a moment, the first of these wins.
PRECEDENCE = (
    State.NOT_COMMISSIONED,
    State.PLANNED,
    State.OUT_OF_SERVICE_HOURS,
    State.DOWN,
    State.UNKNOWN,
    State.DEGRADED,
    State.UP,
)

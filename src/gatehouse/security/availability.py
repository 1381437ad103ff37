"""What the watch says of itself in the ledger of availability: it is a device of the class `security_platform`."""

from __future__ import annotations

from datetime import timedelta

from gatehouse.audit.api import tree_state
from gatehouse.kernel.clock import Clock
from gatehouse.kernel.errors import RefusedError
from gatehouse.monitoring.api import AssetClass, Change, Observation, State, assets_of, observations_record
from gatehouse.platform.actors import Actor

#: Under which the ledger keeps what the watch says.
SOURCE = "security_watch"
#: Rounds of which none may come before nothing is known of it, as of every part of the monitor.
_MISSED = 3


def platform_require(*, reader: Actor, device: str) -> None:
    """Raises `ForbiddenError`; `RefusedError` where the register has no such part of the security platform."""
    if device not in {asset.tag for asset in assets_of(reader=reader, asset_class=AssetClass.SECURITY_PLATFORM)}:
        raise RefusedError("there is no part %(tag)s of the security platform in the register", tag=device)


def platform_beat(*, clock: Clock, actor: Actor, device: str, every: timedelta, rejected: int) -> list[Change]:
    """Say in which state the watch ends a round; gives what changed. What it does not say, nobody takes for up.

    It is down while the log does not grow, as rules see nothing then, whatever runs; degraded while `rejected` rules
    cannot be used. Raises `ForbiddenError`, `RefusedError`.
    """
    alarm = tree_state(clock).alarm
    state = State.DOWN if alarm else State.DEGRADED if rejected else State.UP
    detail = {"rules_rejected": rejected, "log_stands_still": alarm is not None}
    said = Observation(device, state, SOURCE, clock.now(), _MISSED * every, detail=detail)
    return observations_record(clock=clock, actor=actor, observations=[said])

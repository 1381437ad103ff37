"""The security platform's own availability: its watch beats, and the ledger counts."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from tests.monitoring.equipment import ENGINEER, register
from tests.security.test_watch import NOW, SECURITY, act

from gatehouse.audit.api import sequence_once
from gatehouse.kernel.clock import FixedClock
from gatehouse.kernel.errors import ForbiddenError, RefusedError
from gatehouse.monitoring.api import Asset, AssetClass, Change, Since, State, Status, availability_of, silence_record
from gatehouse.monitoring.models import Condition, StateInterval
from gatehouse.platform.actors import Actor, ActorKind
from gatehouse.security.kept import platform_beat, platform_require

pytestmark = pytest.mark.django_db
DEVICE = "SEC-MONITORING"
DAY = date(2026, 5, 1)
EVERY = timedelta(seconds=10)


@pytest.fixture(autouse=True)
def _in_service() -> None:
    history = (Since(Status.IN_SERVICE, DAY),)
    register(Asset(DEVICE, AssetClass.SECURITY_PLATFORM, site="TPE", source="delivery note", history=history))
    sequence_once(clock=FixedClock(NOW), sign=False)


def at(seconds: float) -> datetime:
    return NOW + timedelta(seconds=seconds)


def beat(seconds: float, rejected: int = 0, *, sequenced: bool = True) -> list[Change]:
    """One round; what the round before wrote has its place by then, unless the sequencer stands still."""
    clock = FixedClock(at(seconds))
    if sequenced:
        sequence_once(clock=clock, sign=False)
    return platform_beat(clock=clock, actor=SECURITY, device=DEVICE, every=EVERY, rejected=rejected)


def states(*changes: Change) -> list[tuple[State | None, State, datetime]]:
    return [(each.before, each.state, each.since) for each in changes]


def test_a_log_that_stands_still_is_down_and_a_rule_that_cannot_be_used_degrades() -> None:
    assert states(*beat(0)) == [(None, State.UP, at(0))]
    assert beat(10) == []
    assert states(*beat(20, rejected=1)) == [(State.UP, State.DEGRADED, at(20))]
    assert beat(30, rejected=1) == []
    act("platform.sign_in", minute=35 / 60)
    assert beat(45, rejected=1, sequenced=False) == []
    assert states(*beat(46, rejected=1, sequenced=False)) == [(State.DEGRADED, State.DOWN, at(46))]
    assert states(*beat(50)) == [(State.DOWN, State.UP, at(50))]


def test_the_ledger_counts_it_by_its_own_definition_and_silence_is_not_up() -> None:
    beat(0)
    beat(10)
    act("platform.sign_in", minute=10 / 60)
    beat(30, sequenced=False)
    beat(50)
    beat(60)
    clock = FixedClock(at(100))
    assert states(*silence_record(clock=clock, actor=Actor.system("monitor"))) == [(State.UP, State.UNKNOWN, at(60))]
    found = availability_of(AssetClass.SECURITY_PLATFORM, (DAY, DAY), clock=clock, reader=ENGINEER)
    account = found.devices[DEVICE]
    assert (account.buckets[State.UP], account.buckets[State.DOWN]) == (40_000, 20_000)
    assert sum(account.buckets.values()) == 24 * 3600 * 1000
    assert account.availability is not None
    assert (account.availability.numerator, account.availability.denominator) == (2, 3)


def test_what_is_no_part_of_it_and_who_may_not_change_nothing() -> None:
    gate = Asset(
        "TPE-E-1", AssetClass.SERVER, site="TPE", source="delivery note", history=(Since(Status.IN_SERVICE, DAY),)
    )
    register(gate)
    for tag in ("TPE-E-1", "SEC-NONE"):
        with pytest.raises(RefusedError, match=f"there is no part {tag} of the security platform"):
            platform_require(reader=SECURITY, device=tag)
    platform_require(reader=SECURITY, device=DEVICE)
    nobody = Actor(ActorKind.USER, "chen", frozenset())
    with pytest.raises(ForbiddenError):
        platform_beat(clock=FixedClock(NOW), actor=nobody, device=DEVICE, every=EVERY, rejected=0)
    assert (Condition.objects.count(), StateInterval.objects.count()) == (0, 0)

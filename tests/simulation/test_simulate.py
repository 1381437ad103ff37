from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.db import transaction

from gatehouse.platform.actors import Actor, ActorKind
from gatehouse.platform.permissions import PERMISSIONS, PURPOSES, Role
from gatehouse.platform.profile import SHIPPED, Profile
from gatehouse.simulation.nation import nation_of
from gatehouse.simulation.officers import Officers
from gatehouse.simulation.setting import Setting
from gatehouse.simulation.simulate import Simulated, simulate

UTOPIA = Path(__file__).resolve().parents[1] / "profiles" / "utopia"
DAY = date(2026, 11, 21)

pytestmark = pytest.mark.django_db


def officer(name: str, *roles: Role) -> Actor:
    held = frozenset(permission for permission, holders in PERMISSIONS.items() if holders & set(roles))
    purposes = frozenset(purpose for purpose, holders in PURPOSES.items() if holders & set(roles))
    return Actor(ActorKind.USER, name, held, purposes=purposes)


OFFICERS = Officers(
    inspector=officer("chen", Role.INSPECTOR),
    second_line=officer("lin", Role.INSPECTOR, Role.SECOND_LINE),
    supervisor=officer("wang", Role.SUPERVISOR),
)


def day(profile: Path, *, travellers: int = 40, run: int = 1) -> Simulated:
    setting = Setting(Profile(profile), seed=1, run=run, on=DAY, travellers=travellers)
    return simulate(setting, OFFICERS)


@pytest.mark.parametrize("profile", [SHIPPED / "tw", UTOPIA], ids=["tw", "utopia"])
def test_everything_planted_is_found_and_nobody_else_is_stopped(profile: Path) -> None:
    simulated = day(profile)
    truth = simulated.tally.truth
    assert truth.missed == []
    assert truth.stopped == []
    assert truth.found == truth.planted == dict.fromkeys(nation_of(Profile(profile)).irregular, 1)
    assert simulated.tally.travellers == 40
    assert simulated.crossings_agree


def test_the_same_day_has_the_same_decisions_and_counts_and_the_next_has_others() -> None:
    with transaction.atomic():
        first = day(SHIPPED / "tw").tally
        transaction.set_rollback(True)
    assert day(SHIPPED / "tw").tally == first
    assert first.travellers == 40
    assert first.directions == {"entry": 30, "exit": 10}
    assert first.proposals == {"admit": 18, "release": 8, "refer": 10, "refuse": 4}
    assert first.decisions == {"admit": 20, "release": 9, "refer": 10, "hold": 6, "refuse": 11, "confirmed": 11}
    assert first.crossings == {"entry": 20, "exit": 9}
    assert day(SHIPPED / "tw", run=2).tally != first

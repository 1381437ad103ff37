"""Who may look at a person, through which door, for which purpose: every combination, and each with something missing.

The table is written out here, apart from the program's own: a change of either shows.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest
from tests.border import desk
from tests.border.records import everything

from gatehouse.audit.api import looks_at
from gatehouse.border.api import (
    DecisionKind,
    Direction,
    crossings_behind,
    crossings_of,
    decision_take,
    inspection_log,
    inspection_view,
)
from gatehouse.border.models import Inspection
from gatehouse.documents.inspectionlog import LoggingProfile
from gatehouse.kernel.clock import FixedClock
from gatehouse.kernel.errors import ForbiddenError, GatehouseError, RefusedError
from gatehouse.platform.actors import Actor
from gatehouse.platform.models import User
from gatehouse.platform.permissions import Purpose, Role
from gatehouse.platform.services import user_create

pytestmark = pytest.mark.django_db
DAY = date(2023, 5, 1)

#: By role, for what.
PURPOSES = {
    "inspector": {"border_check"},
    "second_line": {"border_check", "second_line_check", "identification", "case"},
    "supervisor": {
        "border_check",
        "second_line_check",
        "identification",
        "case",
        "law_enforcement",
        "correction",
        "quality_control",
    },
    "caseworker": {"identification", "application", "case", "law_enforcement"},
    "data_protection_officer": {"person_request", "correction", "data_protection_audit"},
    "security_auditor": {"data_protection_audit"},
    "analyst": set(),
    "statistician": set(),
    "engineer": set(),
    "display": set(),
}
#: By door, who comes through it, and the permission that opens it.
DOORS = {
    "inspection": ({"inspector", "second_line", "supervisor"}, "border.inspect"),
    "person": ({"inspector", "second_line", "supervisor", "caseworker"}, "border.read_crossings"),
    "figure": ({"inspector", "second_line", "supervisor", "caseworker"}, "border.read_crossings"),
    "log": ({"second_line", "supervisor"}, "border.read_full_log"),
}
#: In the lane the person stands there; for all else something says why it is this person.
SAYS_ITSELF = {"border_check", "second_line_check"}
#: These open one inspection, which is the case of the look.
HAS_A_CASE = {"inspection", "log"}


class Hall:
    """One traveller who passed, and the doors behind which there is something of them."""

    def __init__(self) -> None:
        self.at: FixedClock = desk.clock()
        self.inspection = desk.opened(self.at)
        self.traveller = Inspection.objects.get(pk=self.inspection).traveller
        asked: dict[str, Any] = {"clock": self.at, "inspection": self.inspection, "profile": desk.TW}
        decision_take(officer=desk.INSPECTOR, kind=DecisionKind.ADMIT, **asked)

    def look(self, door: str, reader: Actor, purpose: str | None, reason: str | None) -> None:
        self.at.advance(timedelta(seconds=1))
        given: dict[str, Any] = {"clock": self.at, "reader": reader, "purpose": purpose, "reason": reason}
        doors: dict[str, Callable[[], object]] = {
            "inspection": lambda: inspection_view(self.inspection, profile=desk.TW, **given),
            "person": lambda: crossings_of(self.traveller, **given),
            "figure": lambda: crossings_behind(DAY, "TPE", Direction.ENTRY, profile=desk.TW, **given),
            "log": lambda: inspection_log(self.inspection, profile=LoggingProfile.FULL, **given),
        }
        doors[door]()

    def looks(self) -> list[tuple[str, str]]:
        return [(look.actor, look.purpose) for look in looks_at(str(self.traveller))]


def who(role: Role) -> Actor:
    return Actor.of(user_create(username=role.value, password="a long enough one", roles=[role]))


def may(role: str, door: str, purpose: str) -> bool:
    return role in DOORS[door][0] and purpose in PURPOSES[role]


def test_the_tables_speak_of_every_role_and_purpose() -> None:
    assert set(PURPOSES) == set(Role)
    assert set().union(*PURPOSES.values()) == set(Purpose)


@pytest.mark.parametrize("role", list(Role))
def test_every_door_and_purpose(role: Role) -> None:
    hall, reader = Hall(), who(role)
    opened = set()
    for door, purpose in product(DOORS, Purpose):
        before, looks = everything(), len(hall.looks())
        try:
            hall.look(door, reader, purpose, "asked for by letter")
        except ForbiddenError:
            assert everything() == before
        else:
            assert hall.looks()[:1] == [(f"user:{role.value}", purpose.value)]
            assert len(hall.looks()) == looks + 1
            opened.add((door, purpose.value))
    assert opened == {(door, purpose) for door, purpose in product(DOORS, PURPOSES[role]) if may(role, door, purpose)}


@pytest.mark.parametrize("role", list(Role))
def test_a_missing_attribute_is_a_refusal(role: Role) -> None:
    hall, reader = Hall(), who(role)
    for door, purpose in product(DOORS, PURPOSES[role]):
        if not may(role, door, purpose):
            continue
        permission = DOORS[door][1]
        missing: list[tuple[type[GatehouseError], Actor, str | None, str | None]] = [
            (RefusedError, reader, None, "why"),
            (RefusedError, reader, "", "why"),
            (RefusedError, reader, "curiosity", "why"),
            (ForbiddenError, replace(reader, permissions=reader.permissions - {permission}), purpose, "why"),
            (ForbiddenError, replace(reader, permissions=frozenset()), purpose, "why"),
            (ForbiddenError, replace(reader, purposes=reader.purposes - {purpose}), purpose, "why"),
            (ForbiddenError, replace(reader, purposes=frozenset()), purpose, "why"),
        ]
        if purpose not in SAYS_ITSELF and door not in HAS_A_CASE:
            missing += [(RefusedError, reader, purpose, none) for none in (None, "", "  ")]
        if door == "inspection":
            missing.append((ForbiddenError, replace(reader, port="KHH"), purpose, "why"))
        before = everything()
        for error, asking, why, reason in missing:
            with pytest.raises(error):
                hall.look(door, asking, why, reason)
            assert everything() == before, (door, purpose, why, reason)


@pytest.mark.parametrize(("roles", "is_active"), [(list(Role), False), ([], True)])
def test_an_account_that_is_closed_or_has_no_role_may_look_for_nothing(roles: list[Role], is_active: bool) -> None:
    user = user_create(username="gao", password="a long enough one", roles=roles)
    User.objects.update(is_active=is_active)
    reader = Actor.of(User.objects.get(pk=user.pk))
    assert (reader.permissions, reader.purposes) == (frozenset(), frozenset())
    hall = Hall()
    before = everything()
    for door, purpose in product(DOORS, Purpose):
        with pytest.raises(ForbiddenError):
            hall.look(door, reader, purpose, "why")
    assert everything() == before

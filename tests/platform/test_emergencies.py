"""Break-glass: who may take what, for how long, and who judges it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from unittest.mock import patch

import pytest
from django.db import DatabaseError, transaction

from gatehouse.kernel.clock import FixedClock
from gatehouse.kernel.errors import ConflictError, ForbiddenError, NotFoundError, RefusedError
from gatehouse.platform.actors import Actor
from gatehouse.platform.emergencies import (
    breakable,
    emergencies_lasting,
    emergencies_reviewed,
    emergencies_to_review,
    emergency_begin,
    emergency_end,
    emergency_review,
)
from gatehouse.platform.models import Emergency, EmergencyReview, RoleGrant, User
from gatehouse.platform.permissions import BREAKABLE, PERMISSIONS, Purpose, Role, allowed, may_break, purposes_of
from gatehouse.platform.services import user_create

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 5, 1, 3, tzinfo=UTC)
WHY = "The second line is at a fire, a family waits."


def person(name: str, role: Role) -> User:
    return user_create(username=name, password="a long enough one", roles=[role], port="TPE")


def again(user: User) -> User:
    """As the next request finds this person."""
    return User.objects.get(pk=user.pk)


def begin(user: User, permission: str = "border.second_line", minutes: int = 30, reason: str = WHY) -> Emergency:
    clock = FixedClock(NOW)
    return emergency_begin(clock=clock, user=user, permission=permission, minutes=minutes, reason=reason)


def may(user: User, permission: str, *, after: timedelta = timedelta()) -> bool:
    with patch("django.utils.timezone.now", return_value=NOW + after):
        return allowed(again(user), permission)


@pytest.mark.parametrize("role", Role)
def test_a_role_may_take_what_the_table_says_and_nothing_else(role: Role) -> None:
    user = person("somebody", role)
    expected = {name for name, glass in BREAKABLE.items() if role in glass.roles and role not in PERMISSIONS[name]}
    assert {name for name in PERMISSIONS if may_break(user, name)} == expected
    for name in set(PERMISSIONS) - expected:
        with pytest.raises(ForbiddenError):
            begin(user, name)
    assert Emergency.objects.count() == 0


def test_it_lasts_as_long_as_it_was_taken_for_with_its_purpose() -> None:
    chen = person("chen", Role.INSPECTOR)
    assert not may(chen, "border.second_line")
    begin(chen)
    assert may(chen, "border.second_line")
    assert not may(chen, "border.confirm_refusal")
    assert may(chen, "border.second_line", after=timedelta(minutes=29, seconds=59))
    assert not may(chen, "border.second_line", after=timedelta(minutes=30))
    with patch("django.utils.timezone.now", return_value=NOW):
        actor = Actor.of(again(chen))
        assert actor.may("border.second_line")
        assert Purpose.SECOND_LINE_CHECK in actor.purposes
    with patch("django.utils.timezone.now", return_value=NOW + timedelta(hours=1)):
        assert purposes_of(again(chen)) == frozenset({Purpose.BORDER_CHECK})


def test_who_loses_the_role_or_the_account_loses_it_at_once() -> None:
    chen = person("chen", Role.INSPECTOR)
    begin(chen)
    RoleGrant.objects.filter(user=chen).delete()
    assert not may(chen, "border.second_line")
    lin = person("lin", Role.INSPECTOR)
    begin(lin)
    User.objects.filter(pk=lin.pk).update(is_active=False)
    assert not may(lin, "border.second_line")


def test_given_back_it_is_gone() -> None:
    chen, lin = person("chen", Role.INSPECTOR), person("lin", Role.INSPECTOR)
    taken = begin(chen)
    later = FixedClock(NOW + timedelta(minutes=5))
    with pytest.raises(NotFoundError):
        emergency_end(clock=later, user=lin, emergency=taken.pk)
    emergency_end(clock=later, user=chen, emergency=taken.pk)
    assert not may(chen, "border.second_line", after=timedelta(minutes=6))
    assert emergencies_lasting(clock=later, user=chen) == []
    with pytest.raises(NotFoundError):
        emergency_end(clock=later, user=chen, emergency=taken.pk)


def test_twice_at_once_and_without_words_is_refused() -> None:
    chen = person("chen", Role.INSPECTOR)
    for minutes, reason in ((30, "short"), (30, " " * 50), (30, "x" * 1001), (45, WHY), (0, WHY)):
        with pytest.raises(RefusedError):
            begin(chen, minutes=minutes, reason=reason)
    assert Emergency.objects.count() == 0
    begin(chen)
    with pytest.raises(ConflictError):
        begin(chen)
    with patch("django.utils.timezone.now", return_value=NOW):
        assert breakable(again(chen)) == ["border.confirm_refusal", "biometrics.read"]


def review(reviewer: User, of: Emergency, after: timedelta = timedelta(hours=1), finding: str = WHY) -> EmergencyReview:
    clock = FixedClock(NOW + after)
    return emergency_review(clock=clock, reviewer=reviewer, emergency=of.pk, justified=True, finding=finding)


def test_somebody_else_judges_it_once_when_it_is_over() -> None:
    chen, wang = person("chen", Role.INSPECTOR), person("wang", Role.SUPERVISOR)
    taken, clock = begin(chen), FixedClock(NOW + timedelta(hours=1))
    with pytest.raises(RefusedError, match="it lasts yet"):
        review(wang, taken, timedelta(minutes=10))
    with pytest.raises(ForbiddenError, match="reviews no emergencies"):
        review(person("lin", Role.SECOND_LINE), taken)
    with pytest.raises(RefusedError, match="say it in words"):
        review(wang, taken, finding="fine")
    RoleGrant.objects.create(user=chen, role=Role.SUPERVISOR.value)
    with pytest.raises(ForbiddenError, match="nobody reviews what they took themselves"):
        review(again(chen), taken)
    assert emergencies_to_review(clock=clock, reviewer=again(chen)) == []
    assert EmergencyReview.objects.count() == 0
    assert [each.pk for each in emergencies_to_review(clock=clock, reviewer=wang)] == [taken.pk]
    review(wang, taken)
    assert emergencies_to_review(clock=clock, reviewer=wang) == []
    assert [each.pk for each in emergencies_reviewed()] == [taken.pk]
    with pytest.raises(ConflictError):
        review(wang, taken)


def test_what_was_taken_is_kept_as_it_was() -> None:
    begin(person("chen", Role.INSPECTOR))
    with pytest.raises(DatabaseError, match="insert-only"), transaction.atomic():
        Emergency.objects.update(reason="another")

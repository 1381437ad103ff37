"""Alerts that are kept as the log grows: each once, with its events, and judged by people with reasons."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.db import DatabaseError, transaction
from tests.concurrency import at_once

from gatehouse.audit.api import leaf_append, sequence_once
from gatehouse.audit.models import Entry
from gatehouse.kernel.clock import FixedClock
from gatehouse.kernel.errors import ForbiddenError, NotFoundError, RefusedError
from gatehouse.kernel.ids import new_id
from gatehouse.platform.actors import Actor, ActorKind
from gatehouse.security.api import OWN_RULES, load_rules
from gatehouse.security.kept import AlertView, Finding, Watched, alert, alert_find, alerts_of, watch_once, watched_at
from gatehouse.security.models import AlertFinding, KeptAlert, Watch

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 5, 1, 3, tzinfo=UTC)
RULES = load_rules(OWN_RULES)
AUDITOR = Actor(ActorKind.USER, "tsai", frozenset({"security.read_alerts", "security.triage"}))
SECURITY = Actor.system("security")


def act(action: str, actor: str = "user:chen", minute: float = 0, **detail: object) -> None:
    clock = FixedClock(NOW + timedelta(minutes=minute))
    with transaction.atomic():
        leaf_append(clock=clock, actor=actor, action=action, site="TPE", detail=detail)


def watch(minute: float = 60) -> Watched:
    clock = FixedClock(NOW + timedelta(minutes=minute))
    sequence_once(clock=clock, sign=False)
    return watch_once(clock=clock, actor=SECURITY, ruleset=RULES)


def broken(minute: float = 0, actor: str = "user:chen") -> None:
    act("platform.break_glass", actor, minute, reason="the network is down")


def shown() -> list[tuple[str, str, int]]:
    return [(each.title, each.actor, each.count) for each in alerts_of(reader=AUDITOR)]


def only() -> AlertView:
    [view] = alerts_of(reader=AUDITOR)
    return view


def test_what_a_rule_finds_is_kept_once_with_who_did_it() -> None:
    act("platform.sign_in")
    broken(5)
    done = watch()
    assert (done.entries, done.raised) == (2, 1)
    view = only()
    assert (view.actor, view.count, view.level, view.author) == ("user:chen", 1, "high", "Gatehouse")
    assert (view.first_at, view.last_at) == (NOW + timedelta(minutes=5), NOW + timedelta(minutes=5))
    [event] = view.events
    assert (event["action"], event["site"], event["entry"]) == ("platform.break_glass", "TPE", 1)
    assert watch(61) == Watched(0, 0)
    assert watch(62) == Watched(0, 0)
    assert only() == view


def test_that_the_log_was_read_is_no_reason_to_read_it_again() -> None:
    broken()
    watch()
    entries = Entry.objects.count()
    for minute in range(61, 70):
        watch(minute)
    sequence_once(clock=FixedClock(NOW), sign=False)
    assert Entry.objects.count() == entries + 1
    assert watched_at(reader=AUDITOR) == NOW + timedelta(minutes=69)


def test_a_second_one_is_an_alert_of_its_own() -> None:
    broken(0)
    watch(1)
    broken(5, "user:lin")
    assert watch(6).raised == 1
    assert sorted(actor for _, actor, _ in shown()) == ["user:chen", "user:lin"]


def test_what_grows_bit_by_bit_is_one_alert() -> None:
    """The rule of sign-ins that fail: the same, whether the log is looked at once or after each."""
    for minute in range(30):
        act("platform.sign_in_refuse", "system:sign_in", minute / 10, account="5f0a", address="10.0.0.9")
        watch(minute / 10 + 0.01)
    step_by_step = [(each.rule, each.count) for each in alerts_of(reader=AUDITOR)]
    KeptAlert.objects.all().update(replaced_by=None)
    KeptAlert.objects.all().delete()
    Watch.objects.all().delete()
    watch(100)
    at_a_time = [(each.rule, each.count) for each in alerts_of(reader=AUDITOR)]
    assert step_by_step == at_a_time
    assert at_a_time != []


@pytest.mark.django_db(transaction=True)
def test_several_at_once_find_it_once() -> None:
    broken()
    clock = FixedClock(NOW + timedelta(minutes=1))
    sequence_once(clock=clock, sign=False)
    at_once(*[lambda: watch_once(clock=clock, actor=SECURITY, ruleset=RULES)] * 3)
    assert len(shown()) == 1


def find(id_: UUID, finding: Finding, reason: str = "seen on the camera", by: Actor = AUDITOR) -> None:
    alert_find(clock=FixedClock(NOW + timedelta(hours=2)), actor=by, alert=id_, finding=finding, reason=reason)


def test_people_judge_it_with_reasons_and_take_it_up_again() -> None:
    broken()
    watch()
    view = only()
    assert (view.finding, view.is_open) == (None, True)
    find(view.id, Finding.IN_WORK, "asked the port")
    assert (only().finding, only().is_open) == (Finding.IN_WORK, True)
    find(view.id, Finding.BENIGN)
    assert [each.id for each in alerts_of(reader=AUDITOR, is_open=True)] == []
    with pytest.raises(RefusedError, match="that was found before"):
        find(view.id, Finding.BENIGN)
    find(view.id, Finding.IN_WORK, "the camera shows another person")
    assert [each.reason for each in only().findings] == [
        "asked the port",
        "seen on the camera",
        "the camera shows another person",
    ]


def kept(level: str, minute: int, *, count: int = 1) -> list[KeptAlert]:
    """As if rules had found them."""
    at = NOW + timedelta(minutes=minute)
    facts = {"rule": "r", "title": "t", "events": [], "count": 1, "first_at": at, "last_at": at, "raised_at": at}
    return KeptAlert.objects.bulk_create(
        KeptAlert(key=f"{level}:{minute}:{number}", level=level, **facts) for number in range(count)
    )


def test_an_open_alert_is_shown_however_many_came_after_it() -> None:
    [old] = kept("high", 0)
    for each in kept("medium", 5, count=600):
        AlertFinding.objects.create(alert=each, finding="benign", reason="a drill", by="user:tsai", at=NOW)
    assert [each.id for each in alerts_of(reader=AUDITOR, is_open=True)] == [old.id]
    assert alerts_of(reader=AUDITOR)[0].id == old.id
    assert len(alerts_of(reader=AUDITOR, is_open=False)) == 500


def test_the_gravest_come_first_and_of_these_the_last() -> None:
    for level, minute in (("low", 9), ("critical", 1), ("high", 2), ("high", 3), ("", 8), ("informational", 7)):
        kept(level, minute)
    shown = [(each.level, (each.last_at - NOW).seconds // 60) for each in alerts_of(reader=AUDITOR)]
    assert shown == [("critical", 1), ("high", 3), ("high", 2), ("low", 9), ("informational", 7), ("", 8)]


def test_what_may_not_be_is_refused_and_nothing_changes() -> None:
    broken(actor="user:tsai")
    watch()
    id_ = only().id
    with pytest.raises(ForbiddenError, match="about themselves"):
        find(id_, Finding.BENIGN)
    other = Actor(ActorKind.USER, "wu", frozenset({"security.triage"}))
    for reason in ("", "  ", "x" * 2001):
        with pytest.raises(RefusedError, match="say why"):
            find(id_, Finding.BENIGN, reason, other)
    nobody = Actor(ActorKind.USER, "x", frozenset())
    with pytest.raises(ForbiddenError):
        find(id_, Finding.BENIGN, by=nobody)
    with pytest.raises(ForbiddenError):
        alerts_of(reader=nobody)
    with pytest.raises(ForbiddenError):
        watch_once(clock=FixedClock(NOW), actor=AUDITOR, ruleset=RULES)
    with pytest.raises(NotFoundError):
        find(new_id(NOW), Finding.BENIGN, by=other)
    with pytest.raises(NotFoundError):
        alert(reader=AUDITOR, id=new_id(NOW))
    assert AlertFinding.objects.count() == 0


def test_findings_are_kept_as_they_are() -> None:
    broken()
    watch()
    find(only().id, Finding.BENIGN)
    with pytest.raises(DatabaseError, match="insert-only"), transaction.atomic():
        AlertFinding.objects.update(reason="another")

"""Notices of incidents: each once, to whom the plan says, tried again, and given up after a day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from tests.concurrency import at_once
from tests.monitoring.services.test_incidents import HANDLER, MONITOR, START, clock, equipped, only, say, update

from gatehouse.kernel.errors import ForbiddenError, UnreadableError
from gatehouse.monitoring.api import (
    NoticeView,
    State,
    StepKind,
    TellingPlan,
    Told,
    incident_step_add,
    notices_decide,
    notices_of,
    notices_send,
    notices_waiting,
)
from gatehouse.monitoring.models import Notice, NoticeTry
from gatehouse.monitoring.telling.sending import NotToldError
from gatehouse.platform.actors import Actor, ActorKind

pytestmark = pytest.mark.django_db


def plan(*routes: dict[str, Any]) -> TellingPlan:
    recipients = [
        {"name": "duty", "channel": "mail", "address": "duty@border.example", "source": "x"},
        {"name": "wall", "channel": "log", "source": "x"},
    ]
    return TellingPlan.model_validate(
        {"recipients": recipients, "routes": [{"source": "x", **route} for route in routes]}
    )


BOTH = plan({"to": "duty", "occasions": ["opened", "resolved"]}, {"to": "wall", "occasions": ["opened"]})
LATE = plan({"to": "duty", "occasions": ["unacknowledged"], "after_minutes": 10})


def down() -> None:
    """G1 fails at 100 s; it is an incident at 200 s."""
    equipped()
    say(100, G1=State.DOWN)
    update(200)


def decide(seconds: float, which: TellingPlan = BOTH) -> int:
    return notices_decide(clock=clock(seconds), actor=MONITOR, plan=which)


def tell(seconds: float, sending: Callable[[Notice], str] = lambda _: "ok") -> Told:
    return notices_send(clock=clock(seconds), actor=MONITOR, sending=sending)


def refusing(_: Notice) -> str:
    raise NotToldError("connection refused")


def told() -> list[tuple[str, str, bool]]:
    return [(each.recipient, each.occasion.value, each.arrived_at is not None) for each in views()]


def views() -> tuple[NoticeView, ...]:
    return notices_of(reader=HANDLER, incident=only().number)


def test_each_recipient_is_told_once_that_it_began_and_that_it_is_over() -> None:
    down()
    assert (decide(201), decide(202)) == (2, 0)
    assert tell(203) == Told(2, 0, 0)
    assert tell(204) == Told(0, 0, 0)
    say(300, G1=State.UP)
    update(700)
    assert only().resolved_at is not None
    assert decide(701) == 1
    assert tell(702) == Told(1, 0, 0)
    assert told() == [("duty", "opened", True), ("wall", "opened", True), ("duty", "resolved", True)]


def test_who_was_not_told_that_it_began_is_not_told_that_it_is_over() -> None:
    down()
    say(300, G1=State.UP)
    update(700)
    assert decide(701, plan({"to": "duty", "occasions": ["resolved"]})) == 0
    assert Notice.objects.count() == 0


def test_what_nobody_takes_care_of_is_told_after_its_time() -> None:
    down()
    assert decide(200 + 599, LATE) == 0
    assert decide(200 + 600, LATE) == 1
    assert told() == [("duty", "unacknowledged", False)]


def test_what_somebody_takes_care_of_is_not() -> None:
    down()
    incident_step_add(clock=clock(210), actor=HANDLER, incident=only().number, kind=StepKind.ACKNOWLEDGED)
    assert decide(5_000, LATE) == 0


@pytest.mark.parametrize(
    ("route", "count"),
    [
        ({"asset_classes": ["switch"]}, 0),
        ({"asset_classes": ["e_gate"]}, 1),
        ({"sites": ["KHH"]}, 0),
        ({"sites": ["TPE"], "asset_classes": ["e_gate"]}, 1),
    ],
)
def test_a_route_concerns_its_classes_and_sites(route: dict[str, Any], count: int) -> None:
    down()
    assert decide(201, plan({"to": "duty", "occasions": ["opened"], **route})) == count


def test_what_does_not_arrive_is_tried_again_with_longer_waits_and_given_up_after_a_day() -> None:
    down()
    decide(201, plan({"to": "duty", "occasions": ["opened"]}))
    assert tell(201, refusing) == Told(0, 1, 1)
    assert tell(230, refusing) == Told(0, 0, 1)
    assert tell(231, refusing) == Told(0, 1, 1)
    assert tell(290, refusing) == Told(0, 0, 1)
    assert tell(291, refusing) == Told(0, 1, 1)
    (view,) = views()
    assert (view.tries, view.said, view.arrived_at) == (3, "connection refused", None)
    assert view.next_at == START + timedelta(seconds=291 + 120)
    assert tell(291 + 86_400, refusing) == Told(0, 1, 0)
    assert tell(10**7) == Told(0, 0, 0)
    assert views()[0].next_at is None
    assert notices_waiting(reader=HANDLER) == 1


def test_one_that_fails_keeps_nobody_else_waiting() -> None:
    down()
    decide(201)

    def mail_is_down(notice: Notice) -> str:
        return refusing(notice) if notice.channel == "mail" else "ok"

    assert tell(202, mail_is_down) == Told(1, 1, 1)
    assert tell(300) == Told(1, 0, 0)


@pytest.mark.django_db(transaction=True)
def test_several_senders_send_each_notice_once() -> None:
    down()
    at_once(*[lambda: decide(201)] * 4)
    assert Notice.objects.count() == 2
    sent: list[int] = []

    def slowly(notice: Notice) -> str:
        sent.append(notice.pk)
        return "ok"

    at_once(*[lambda: tell(202, slowly)] * 4)
    assert sorted(sent) == sorted(Notice.objects.values_list("pk", flat=True))


def test_a_setting_that_is_wrong_stops_nobody_elses() -> None:
    down()
    decide(201)

    def misconfigured(notice: Notice) -> str:
        if notice.channel == "mail":
            raise UnreadableError("settings: the key of notices cannot be read: %(cause)s", cause="no such file")
        return "ok"

    assert tell(202, misconfigured) == Told(1, 1, 1)
    assert "the key of notices cannot be read" in views()[0].said


def test_rows_are_kept_as_they_are() -> None:
    down()
    decide(201)
    tell(202)
    for change in (lambda: Notice.objects.update(recipient="x"), lambda: NoticeTry.objects.all().delete()):
        with pytest.raises(DatabaseError, match="insert-only"), transaction.atomic():
            change()


def test_who_may_not_observe_tells_nobody() -> None:
    nobody = Actor(ActorKind.USER, "x", frozenset())
    with pytest.raises(ForbiddenError):
        notices_decide(clock=clock(0), actor=nobody, plan=BOTH)
    with pytest.raises(ForbiddenError):
        notices_send(clock=clock(0), actor=nobody)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"recipients": [], "routes": [{"to": "x", "occasions": ["opened"], "source": "x"}]}, "no recipient x"),
        (
            {"recipients": [{"name": "a", "channel": "mail", "source": "x"}], "routes": []},
            "the address of a mail",
        ),
        (
            {
                "recipients": [{"name": "a", "channel": "webhook", "address": "http://x.example", "source": "x"}],
                "routes": [],
            },
            "begins with https://",
        ),
        ({"recipients": [{"name": "a", "channel": "log", "source": "x"}] * 2, "routes": []}, "have the same name"),
    ],
)
def test_a_plan_that_reaches_nobody_is_refused(wrong: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        TellingPlan.model_validate(wrong)


@pytest.mark.parametrize(
    ("channel", "address"),
    [
        ("webhook", "http://localhost:80@elsewhere.example/x"),
        ("webhook", "https://alerts.example:port/x"),
        ("mail", "a@["),
        ("mail", "duty@border.example,other@elsewhere.example"),
    ],
)
def test_an_address_that_leads_elsewhere_or_nowhere_is_refused(channel: str, address: str) -> None:
    recipient = {"name": "a", "channel": channel, "address": address, "source": "x"}
    with pytest.raises(ValueError, match="a needs the address of a"):
        TellingPlan.model_validate({"recipients": [recipient], "routes": []})

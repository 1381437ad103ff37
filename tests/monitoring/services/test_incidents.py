"""Incidents: one for one cause, with waiting at both ends, and what people do about them."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from tests.concurrency import at_once
from tests.monitoring.equipment import ENGINEER, NOBODY, gate, register

from gatehouse.audit.models import Payload
from gatehouse.kernel.clock import FixedClock
from gatehouse.kernel.errors import ConflictError, ForbiddenError, NotFoundError, RefusedError
from gatehouse.monitoring.api import (
    IncidentView,
    Observation,
    State,
    StepKind,
    asset_status_record,
    dependencies_record,
    incident,
    incident_step_add,
    incidents_of,
    incidents_update,
    observations_record,
    planned_work_register,
    repair_times,
    silence_record,
)
from gatehouse.monitoring.domain.assets import Status
from gatehouse.monitoring.models import Incident, IncidentStep
from gatehouse.platform.actors import Actor, ActorKind

pytestmark = pytest.mark.django_db
START = datetime(2024, 2, 1, tzinfo=UTC)
MONITOR = Actor.system("monitor")
HANDLER = Actor(ActorKind.USER, "wu", frozenset({"monitoring.read", "monitoring.handle"}))


def at(seconds: float) -> datetime:
    return START + timedelta(seconds=seconds)


def clock(seconds: float) -> FixedClock:
    return FixedClock(at(seconds))


def say(seconds: float, holds_s: float = 3600, **states: State) -> None:
    """What devices say at a moment; of it nothing else is heard for so long."""
    said = [Observation(tag, state, "probe", at(seconds), timedelta(seconds=holds_s)) for tag, state in states.items()]
    observations_record(clock=clock(seconds), actor=MONITOR, observations=said)


def update(seconds: float) -> tuple[list[int], list[int]]:
    changes = incidents_update(clock=clock(seconds), actor=MONITOR)
    return changes.opened, changes.resolved


def found() -> list[tuple[str, list[str], bool]]:
    """Cause, what it explains now, and whether it is open."""
    return [
        (each.cause, [device.tag for device in each.devices if device.until is None], each.resolved_at is None)
        for each in incidents_of(reader=ENGINEER)
    ]


def equipped(*pairs: tuple[str, str]) -> None:
    register(*(gate(tag) for tag in ("G1", "G2", "G3", "S1")))
    dependencies_record(clock=clock(0), actor=ENGINEER, pairs=pairs)
    say(0, G1=State.UP, G2=State.UP, G3=State.UP, S1=State.UP)


def only() -> IncidentView:
    (view,) = incidents_of(reader=ENGINEER)
    return view


def test_a_device_that_comes_back_soon_is_no_incident() -> None:
    equipped()
    say(10, G1=State.DOWN)
    assert update(69) == ([], [])
    say(69, G1=State.UP)
    assert update(200) == ([], [])
    assert found() == []


def test_a_device_that_stays_down_is_one_until_it_serves_for_a_while() -> None:
    equipped()
    say(10, G1=State.DOWN)
    (opened,), _ = update(70)
    view = only()
    assert (view.number, view.cause, view.state, view.began_at, view.detected_at) == (
        opened, "G1", State.DOWN, at(10), at(70)
    )  # fmt: skip
    assert update(80) == ([], [])
    say(100, G1=State.UP)
    assert update(219) == ([], [])
    assert update(220) == ([], [opened])
    view = only()
    assert view.resolved_at == at(100)
    assert [step.kind for step in view.steps] == [StepKind.OPENED, StepKind.RESOLVED]


def test_one_that_comes_and_goes_stays_one_incident() -> None:
    equipped()
    for second, state in ((10, State.DOWN), (100, State.UP), (150, State.DOWN), (200, State.UP), (250, State.DOWN)):
        say(second, G1=state)
        update(second + 5)
    update(320)
    assert found() == [("G1", ["G1"], True)]


def test_a_degraded_device_wakes_nobody() -> None:
    equipped()
    say(10, G1=State.DEGRADED)
    assert update(500) == ([], [])


def test_a_switch_explains_its_lanes() -> None:
    equipped(("G1", "S1"), ("G2", "S1"))
    say(10, S1=State.DOWN, G1=State.DOWN, G2=State.UNKNOWN, G3=State.UP)
    update(70)
    assert found() == [("S1", ["S1", "G1", "G2"], True)]


def test_the_silence_of_all_behind_a_switch_is_one_incident() -> None:
    equipped(("G1", "S1"), ("G2", "S1"))
    say(10, holds_s=30, G1=State.UP, G2=State.UP, S1=State.UP)
    silence_record(clock=clock(100), actor=MONITOR)
    update(100)
    assert found() == [("S1", ["S1", "G1", "G2"], True)]
    assert only().state is State.UNKNOWN


def test_a_lane_that_stays_down_when_its_switch_is_back_has_an_incident_of_its_own() -> None:
    equipped(("G1", "S1"), ("G2", "S1"))
    say(10, S1=State.DOWN, G1=State.DOWN, G2=State.DOWN)
    update(70)
    say(100, S1=State.UP, G2=State.UP)
    update(150)
    assert found() == [("S1", ["S1", "G1", "G2"], True)]  # not for long enough yet
    update(220)
    assert found() == [("G1", ["G1"], True), ("S1", [], False)]
    own = incidents_of(reader=ENGINEER, is_open=True)[0]
    assert own.began_at == at(10)


def test_an_incident_that_another_explains_is_merged_into_it() -> None:
    equipped(("G1", "S1"))
    say(10, G1=State.DOWN)
    update(70)
    say(100, S1=State.DOWN)
    update(160)
    assert found() == [("S1", ["S1", "G1"], True), ("G1", [], False)]
    merged = incidents_of(reader=ENGINEER, is_open=False)[0]
    assert [(step.kind, step.note) for step in merged.steps] == [
        (StepKind.OPENED, ""),
        (StepKind.MERGED, "S1"),
        (StepKind.RESOLVED, ""),
    ]


def test_planned_work_is_no_incident() -> None:
    equipped()
    planned_work_register(clock=clock(1), actor=ENGINEER, tag="G1", start=at(5), end=at(500))
    say(10, G1=State.DOWN)
    assert update(400) == ([], [])
    (opened,), _ = update(501)
    assert incident(reader=ENGINEER, number=opened).began_at == at(10)


def test_what_is_taken_out_of_service_is_no_incident_any_more() -> None:
    equipped()
    say(10, G1=State.DOWN)
    update(70)
    asset_status_record(clock=clock(80), actor=ENGINEER, tag="G1", status=Status.REMOVED, day=START.date(), source="t")
    _, (resolved,) = update(90)
    assert incident(reader=ENGINEER, number=resolved).resolved_at == at(90)


def test_a_device_that_nobody_ever_heard_of_is_no_incident() -> None:
    register(gate("G9"))
    assert update(1000) == ([], [])


def test_what_people_do_stands_there_once_and_leaves_a_leaf() -> None:
    equipped()
    say(10, G1=State.DOWN)
    (number,), _ = update(70)

    def step(kind: StepKind, note: str = "", seconds: float = 100) -> None:
        incident_step_add(clock=clock(seconds), actor=HANDLER, incident=number, kind=kind, note=note)

    step(StepKind.ACKNOWLEDGED)
    with pytest.raises(ConflictError):
        step(StepKind.ACKNOWLEDGED)
    with pytest.raises(RefusedError, match="says what was found"):
        step(StepKind.REPAIR, "  ")
    with pytest.raises(RefusedError, match="not for people"):
        step(StepKind.RESOLVED, "done")
    with pytest.raises(RefusedError, match="reviewed when it is resolved"):
        step(StepKind.REVIEWED, "why it failed")
    with pytest.raises(RefusedError, match="at most 2000"):
        step(StepKind.NOTE, "x" * 2001)
    with pytest.raises(NotFoundError):
        incident_step_add(clock=clock(100), actor=HANDLER, incident=number + 1, kind=StepKind.NOTE, note="x")
    with pytest.raises(ForbiddenError):
        incident_step_add(clock=clock(100), actor=NOBODY, incident=number, kind=StepKind.NOTE, note="x")
    step(StepKind.REPAIR, "glass replaced", 200)
    assert [(each.kind, each.by, each.note) for each in only().steps][1:] == [
        (StepKind.ACKNOWLEDGED, "user:wu", ""),
        (StepKind.REPAIR, "user:wu", "glass replaced"),
    ]
    leaves = [json.loads(body)["detail"] for body in Payload.objects.values_list("body", flat=True)]
    assert [leaf["kind"] for leaf in leaves if "kind" in leaf] == ["acknowledged", "repair"]


def test_how_long_repairs_took_counts_those_that_are_over() -> None:
    equipped()
    say(10, G1=State.DOWN, G2=State.DOWN)
    update(70)
    number = incidents_of(reader=ENGINEER)[0].number
    incident_step_add(clock=clock(100), actor=HANDLER, incident=number, kind=StepKind.ACKNOWLEDGED)
    say(310, G1=State.UP)
    update(430)
    times = repair_times(reader=ENGINEER, since=START, until=at(3600))
    assert (times.incidents, times.acknowledged, times.resolved) == (2, 1, 1)
    assert times.mean_to_acknowledge == timedelta(seconds=30)
    assert times.mean_to_repair == timedelta(seconds=300)
    nothing = repair_times(reader=ENGINEER, since=at(3600), until=at(7200))
    assert (nothing.incidents, nothing.mean_to_repair) == (0, None)


def test_reading_needs_the_permission() -> None:
    with pytest.raises(ForbiddenError):
        incidents_of(reader=NOBODY)
    with pytest.raises(NotFoundError):
        incident(reader=ENGINEER, number=1)


@pytest.mark.django_db(transaction=True)
def test_two_updates_at_once_open_one_incident() -> None:
    equipped()
    say(10, G1=State.DOWN)
    at_once(*[lambda: incidents_update(clock=clock(70), actor=MONITOR)] * 4)
    assert Incident.objects.count() == 1
    assert IncidentStep.objects.count() == 1

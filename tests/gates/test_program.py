"""The lane's program with real documents, chips, faces and its real ledger; doors and people are simulated."""

from __future__ import annotations

import asyncio
import json
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from tests.asynchronous import run
from tests.gates.running import NOW, guest, running

from gatehouse.device.screening import Entry, ListKind
from gatehouse.device.watch_index import ListedEntry
from gatehouse.device.words import Direction
from gatehouse.documents.mrz import parse_mrz
from gatehouse.gates.machine import Event, State, Topology
from gatehouse.gates.simulated import Failing, Guest, Manner
from gatehouse.simulation.issuing import Fault


def ban(somebody: Guest, kind: ListKind) -> ListedEntry:
    zone = parse_mrz(somebody.zone, on=NOW.date())
    entry = Entry(UUID(int=7), kind, zone.issuer, zone.document_number, "", None, "court order 1")
    return ListedEntry(entry, NOW.date() - timedelta(days=1), None)


def codes(folder: Path, somebody: Guest, **more: Any) -> tuple[State, list[str], list[str]]:
    """Where somebody ends who is not to pass, what stands in the way, and what the ledger holds of them."""

    async def walk() -> tuple[State, list[str], list[str]]:
        async with running(folder, **more) as lane:
            ended = await lane.pass_by(somebody)
            assert lane.simulated.passages == 0
            return ended, [each.code for each in lane.program.view.obstacles], lane.kinds()

    return run(walk())


@pytest.mark.parametrize("topology", [Topology.INTEGRATED, Topology.ONE_STEP])
def test_an_enrolled_national_passes_and_is_recorded_once(tmp_path: Path, topology: Topology) -> None:
    async def walk() -> None:
        somebody = guest()
        async with running(tmp_path, enrolled=(somebody,), topology=topology) as lane:
            for passage in (1, 2):
                assert await lane.pass_by(somebody) is State.IDLE
                assert lane.simulated.passages == passage
            assert lane.kinds() == ["crossing", "passed", "crossing", "passed"]
            crossing = json.loads(
                next(iter(event.body for event in lane.ledger.events() if event.kind == "crossing")) or ""
            )
            assert (crossing["mrz"], crossing["direction"]) == (somebody.zone, "exit")
            assert len(lane.program.cleared_ms) == 2
            assert lane.program.traveller.zone == ""

    run(walk())


def test_a_visitor_leaves_by_the_lane_without_an_enrolment(tmp_path: Path) -> None:
    async def walk() -> None:
        async with running(tmp_path) as lane:
            assert await lane.pass_by(guest("JPN", 12)) is State.IDLE
            assert lane.kinds() == ["crossing", "passed"]

    run(walk())


@pytest.mark.parametrize(
    ("facts", "more", "expected"),
    [
        ({"fault": Fault.ALTERED_DG2}, {}, ["document"]),
        ({"height_cm": 119}, {}, ["height"]),
        ({}, {"direction": Direction.ENTRY}, ["group"]),
    ],
)
def test_who_may_not_pass_is_sent_to_the_desk_with_the_reason_and_nothing_is_recorded(
    tmp_path: Path, facts: dict[str, Any], more: dict[str, Any], expected: list[str]
) -> None:
    ended, found, kinds = codes(tmp_path, guest("JPN", 12, **facts), **more)
    assert (ended, found, kinds) == (State.SENT_TO_DESK, expected, [])


def test_a_document_without_a_chip_goes_to_the_desk(tmp_path: Path) -> None:
    somebody = guest("JPN", 12)
    ended, found, kinds = codes(tmp_path, Guest(somebody.zone, None, somebody.face))
    assert (ended, found, kinds) == (State.SENT_TO_DESK, ["document", "chip"], [])


@pytest.mark.parametrize(
    ("kind", "expected"), [(ListKind.LOOKOUT, ["listed"]), (ListKind.EXIT_BAN, ["exit_ban", "exit_ban"])]
)
def test_who_is_listed_goes_to_the_desk(tmp_path: Path, kind: ListKind, expected: list[str]) -> None:
    somebody = guest("JPN", 12)
    ended, found, kinds = codes(tmp_path, somebody, listed=(ban(somebody, kind),))
    assert (ended, found, kinds) == (State.SENT_TO_DESK, expected, [])


@pytest.mark.parametrize(
    ("facts", "trouble"),
    [
        ({"face_of": 77}, Event.NOT_MATCHED),
        ({"manner": Manner.TWO_FACES}, Event.TWO_FACES),
        ({"manner": Manner.ATTACK}, Event.ATTACK),
    ],
)
def test_another_face_two_faces_or_an_attack_are_handed_over(
    tmp_path: Path, facts: dict[str, Any], trouble: Event
) -> None:
    async def walk() -> None:
        async with running(tmp_path) as lane:
            assert await lane.pass_by(guest("JPN", 12, **facts)) is State.HANDED_OVER
            assert lane.program.situation.trouble is trouble
            assert lane.kinds() == []
            lane.program.tell(Event.RETURN)
            assert await lane.reach(State.IDLE) is State.IDLE
            assert (lane.simulated.passages, lane.simulated.inside) == (0, 0)

    run(walk())


def test_an_officer_lets_through_whom_the_camera_did_not_know(tmp_path: Path) -> None:
    async def walk() -> None:
        async with running(tmp_path) as lane:
            assert await lane.pass_by(guest("JPN", 12, face_of=77)) is State.HANDED_OVER
            lane.program.tell(Event.RELEASE)
            await lane.reach(State.IDLE)
            assert (lane.simulated.passages, lane.kinds()) == (1, ["crossing", "passed"])

    run(walk())


@pytest.mark.parametrize("manner", [Manner.STAYS_OUT, Manner.TURNS_BACK, Manner.TAILGATED, Manner.TAKES_DOCUMENT])
def test_who_does_not_go_in_alone_leaves_no_record(tmp_path: Path, manner: Manner) -> None:
    async def walk() -> None:
        async with running(tmp_path) as lane:
            assert await lane.pass_by(guest("JPN", 12, manner=manner)) is State.IDLE
            assert (lane.simulated.passages, lane.kinds()) == (0, [])

    run(walk())


def test_a_passage_that_did_not_happen_is_voided(tmp_path: Path) -> None:
    async def walk() -> None:
        async with running(tmp_path) as lane:
            assert await lane.pass_by(guest("JPN", 12, manner=Manner.STAYS_IN)) is State.HANDED_OVER
            await lane.until(lambda: lane.kinds() == ["crossing", "not_passed"])
            lane.program.tell(Event.RETURN)
            await lane.reach(State.IDLE)
            assert lane.simulated.passages == 0

    run(walk())


def test_something_left_behind_keeps_the_lane_from_the_next(tmp_path: Path) -> None:
    async def walk() -> None:
        async with running(tmp_path) as lane:
            assert await lane.pass_by(guest("JPN", 12, manner=Manner.LEAVES_BAG)) is State.HANDED_OVER
            assert lane.kinds() == ["crossing", "passed"]
            lane.program.tell(Event.RESET)
            assert await lane.reach(State.IDLE)

    run(walk())


@pytest.mark.parametrize(
    ("failing", "ended"),
    [
        (Failing.READER, State.SENT_TO_DESK),
        (Failing.CHIP, State.SENT_TO_DESK),
        (Failing.EXIT_STUCK, State.HANDED_OVER),
    ],
)
def test_a_device_that_fails_lets_nobody_through(tmp_path: Path, failing: Failing, ended: State) -> None:
    async def walk() -> None:
        async with running(tmp_path) as lane:
            await lane.reach(State.IDLE)
            lane.simulated.failing.add(failing)
            assert await lane.pass_by(guest("JPN", 12)) is ended
            assert lane.simulated.passages == 0

    run(walk())


def test_lists_that_grow_too_old_close_the_lane_and_newer_ones_open_it(tmp_path: Path) -> None:
    async def walk() -> None:
        async with running(tmp_path, hours=2) as lane:
            await lane.reach(State.IDLE)
            lane.clock.advance(timedelta(hours=2))
            lane.program.look_at_lists()
            assert await lane.reach(State.CLOSED)
            assert lane.program.situation.trouble is Event.LISTS_OLD
            lane.simulated.come(guest("JPN", 12))
            await asyncio.sleep(0.05)
            assert lane.program.situation.state is State.CLOSED

    run(walk())


def test_in_an_emergency_whoever_leaves_is_recorded_as_uncleared(tmp_path: Path) -> None:
    async def walk() -> None:
        async with running(tmp_path) as lane:
            await lane.pass_by(guest("JPN", 12, face_of=77))
            lane.program.tell(Event.FIRE)
            await lane.until(lambda: lane.kinds() == ["uncleared"])
            assert all(lane.simulated.open.values())
            lane.program.tell(Event.RESET)
            assert await lane.reach(State.IDLE)

    run(walk())


def test_the_lane_says_of_itself_when_it_can_serve_and_when_it_cannot(tmp_path: Path) -> None:
    async def walk() -> list[tuple[bool | None, float]]:
        async with running(tmp_path) as lane:
            await lane.reach(State.IDLE)
            lane.program.tell(Event.CLOSE)  # an officer's choice: it could
            await lane.reach(State.CLOSED)
            lane.program.tell(Event.POWER_LOST)
            await lane.until(lambda: not lane.program.situation.powered)
            lane.program.tell(Event.POWER_BACK)
            await lane.until(lambda: lane.program.situation.powered)
            lane.program.say()
            told = [json.loads(event.body or "") for event in lane.ledger.events() if event.kind == "lane"]
            return [(said["able"], said["every_s"]) for said in told if said.get("able") is not None]

    words = run(walk())
    assert [able for able, _ in words][-4:] == [True, False, True, True]
    assert {every for _, every in words} == {300.0}

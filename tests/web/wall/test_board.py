"""The board: sites by the worst of their groups, halls with their lanes, what does not serve with the gravest first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from gatehouse.monitoring.api import Asset, AssetClass, DeviceCondition, Since, State, Status, Word
from gatehouse.web import words
from gatehouse.web.equipment.words import STATES
from gatehouse.web.wall.board import board

NOW = datetime(2026, 11, 26, 4, tzinfo=UTC)


def device(
    tag: str, state: State | None, *, kind: AssetClass = AssetClass.E_GATE, site: str = "TPE"
) -> DeviceCondition:
    """A device in that state for five minutes; None: nobody ever heard of it."""
    history = (Since(Status.IN_SERVICE, date(2020, 1, 1)),)
    asset = Asset(tag=tag, asset_class=kind, site=site, history=history, source="test", hall="T1")
    since = NOW - timedelta(minutes=5)
    word = () if state is None else (Word("probe", state, since, NOW, NOW + timedelta(seconds=60), {}),)
    return DeviceCondition(asset, word, ())


def gates(*states: State | None) -> list[DeviceCondition]:
    return [device(f"TPE-EG-{number:02}", state) for number, state in enumerate(states, 1)]


def site_status(conditions: Sequence[DeviceCondition]) -> words.Status:
    ((_, status),) = board(conditions).sites
    return status


def test_a_site_is_degraded_while_enough_of_its_lanes_serve_and_down_when_too_few_do() -> None:
    up, down = State.UP, State.DOWN
    assert site_status(gates(up, up, up, up, up)) is STATES[State.UP]
    assert site_status(gates(up, up, up, up, down)) is STATES[State.DEGRADED]
    assert site_status(gates(up, up, up, down, down)) is STATES[State.DOWN]


def test_a_site_that_nobody_hears_is_unknown_and_never_up() -> None:
    assert site_status(gates(None, None)) is STATES[State.UNKNOWN]
    assert site_status(gates(State.UP, None)) is STATES[State.UNKNOWN]


def test_a_hall_counts_the_lanes_that_serve() -> None:
    (hall,) = board(gates(State.UP, State.DEGRADED, State.DOWN, None, State.UP)).halls
    assert (hall.site, hall.name, hall.serving) == ("TPE", "T1", 3)
    assert [(lane.tag, lane.status.shape) for lane in hall.lanes] == [
        ("TPE-EG-01", "✓"),
        ("TPE-EG-02", "!"),
        ("TPE-EG-03", "✕"),
        ("TPE-EG-04", "?"),
        ("TPE-EG-05", "✓"),
    ]


def test_what_does_not_serve_is_told_by_site_and_class_with_the_gravest_first() -> None:
    found = board(
        [
            *gates(State.UP, None, State.DOWN, State.DOWN),
            device("KHH-SW-1", State.DEGRADED, kind=AssetClass.SWITCH, site="KHH"),
        ]
    )
    since = NOW - timedelta(minutes=5)
    assert [(each.site, each.asset_class, each.status.shape, each.tags, each.since) for each in found.troubles] == [
        ("TPE", AssetClass.E_GATE, "✕", ("TPE-EG-03", "TPE-EG-04"), since),
        ("TPE", AssetClass.E_GATE, "?", ("TPE-EG-02",), None),
        ("KHH", AssetClass.SWITCH, "!", ("KHH-SW-1",), since),
    ]
    assert found.more_troubles == 0


def test_more_than_there_is_room_for_is_counted() -> None:
    sites = ("TPE", "KHH", "TSA", "RMQ", "TNN", "CYI", "TTT", "HUN")
    found = board([device(f"{site}-1", State.DOWN, site=site) for site in sites])
    assert (len(found.troubles), found.more_troubles) == (6, 2)


def test_a_class_counts_each_state() -> None:
    (kind,) = board(gates(State.UP, State.DOWN, State.UP)).classes
    assert (kind.whole, [(status.shape, count) for status, count in kind.counts]) == (3, [("✕", 1), ("✓", 2)])


def test_without_equipment_there_is_an_empty_board() -> None:
    found = board([])
    assert (found.map, found.sites, found.halls, found.classes, found.troubles) == (None, (), (), (), ())

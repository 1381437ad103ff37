"""What stands on the wall at one moment: sites, halls with their lanes, classes of devices."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from gatehouse.monitoring.api import AssetClass, DeviceCondition, State, group_share
from gatehouse.monitoring.domain.groups import group_state
from gatehouse.monitoring.domain.observations import worst
from gatehouse.platform.ports import coasts, ports
from gatehouse.web import words
from gatehouse.web.equipment.words import CLASSES, STATES
from gatehouse.web.wall.map import Map, Mark, map_of

#: Classes that travellers or officers wait for: these make up the state of a site.
SERVING = (AssetClass.E_GATE, AssetClass.WORKSTATION, AssetClass.SWITCH)
#: Rows of what does not serve that have room on the wall.
SHOWN = 6


@dataclass(frozen=True, slots=True)
class Lane:
    tag: str
    status: words.Status


@dataclass(frozen=True, slots=True)
class Hall:
    site: str
    name: str
    status: words.Status
    lanes: tuple[Lane, ...]
    serving: int


@dataclass(frozen=True, slots=True)
class Trouble:
    """Devices of a class at a site that are in the same state. `since` is the first; None where nobody ever heard."""

    asset_class: AssetClass
    site: str
    status: words.Status
    tags: tuple[str, ...]
    since: datetime | None


@dataclass(frozen=True, slots=True)
class ClassNow:
    """How many of a class are in each state, the gravest first."""

    asset_class: AssetClass
    word: words.Word
    whole: int
    counts: tuple[tuple[words.Status, int], ...]


@dataclass(frozen=True, slots=True)
class Board:
    map: Map | None
    sites: tuple[tuple[Mark, words.Status], ...]
    halls: tuple[Hall, ...]
    classes: tuple[ClassNow, ...]
    troubles: tuple[Trouble, ...]
    more_troubles: int


def board(conditions: Sequence[DeviceCondition]) -> Board:
    """The board of devices in service."""
    serving = [each for each in conditions if each.asset.asset_class in SERVING]
    by_site = dict(_grouped(serving, lambda one: one.asset.site))
    known = ports()
    places = {site: place for site in by_site if site in known and (place := known[site].place) is not None}
    drawn = map_of(places, coasts())
    gravity = list(STATES.values())
    troubles = sorted(_troubles(conditions), key=lambda each: (gravity.index(each.status), -len(each.tags)))
    return Board(
        map=drawn,
        sites=tuple((mark, STATES[_site_state(by_site[mark.code])]) for mark in drawn.marks) if drawn else (),
        halls=tuple(_halls(conditions)),
        classes=tuple(_classes(conditions)),
        troubles=tuple(troubles[:SHOWN]),
        more_troubles=max(0, len(troubles) - SHOWN),
    )


def _site_state(conditions: Iterable[DeviceCondition]) -> State:
    """The worst of its groups: a single desk of a hundred that is down makes a site degraded, not down."""
    return worst(_group_state(each) for _, each in _grouped(conditions, _group))


def _group_state(conditions: Sequence[DeviceCondition]) -> State:
    counts = dict.fromkeys(State, 0) | Counter(each.state for each in conditions)
    return group_state(counts, group_share(conditions[0].asset.asset_class))


def _halls(conditions: Iterable[DeviceCondition]) -> Iterator[Hall]:
    gates = [each for each in conditions if each.asset.asset_class is AssetClass.E_GATE]
    for (site, name, _), lanes in sorted(_grouped(gates, _group), key=lambda each: -len(each[1])):
        yield Hall(
            site=site,
            name=name,
            status=STATES[_group_state(lanes)],
            lanes=tuple(Lane(each.asset.tag, STATES[each.state]) for each in lanes),
            serving=sum(each.state in (State.UP, State.DEGRADED) for each in lanes),
        )


def _classes(conditions: Iterable[DeviceCondition]) -> Iterator[ClassNow]:
    found = dict(_grouped(conditions, lambda one: one.asset.asset_class))
    for kind, word in CLASSES.items():
        if kind in found:
            counted = Counter(each.state for each in found[kind])
            counts = tuple((status, counted[state]) for state, status in STATES.items() if counted[state])
            yield ClassNow(kind, word, len(found[kind]), counts)


def _troubles(conditions: Iterable[DeviceCondition]) -> Iterator[Trouble]:
    bad = [each for each in conditions if each.state in (State.DOWN, State.UNKNOWN, State.DEGRADED)]
    for (site, kind, state), found in _grouped(bad, lambda one: (one.asset.site, one.asset.asset_class, one.state)):
        heard = [one.since for one in found if one.since]
        yield Trouble(kind, site, STATES[state], tuple(one.asset.tag for one in found), min(heard, default=None))


def _group(each: DeviceCondition) -> tuple[str, str, AssetClass]:
    return each.asset.site, each.asset.hall, each.asset.asset_class


def _grouped(
    conditions: Iterable[DeviceCondition], key: Callable[[DeviceCondition], Any]
) -> Iterator[tuple[Any, list[DeviceCondition]]]:
    ordered = sorted(conditions, key=lambda each: (key(each), each.asset.tag))
    return ((group, list(each)) for group, each in groupby(ordered, key))

"""Where the sites stand on the map: in place, but never on top of each other, each with its code beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import cos, hypot, radians

from gatehouse.platform.ports import Coast, Place

#: The picture is as wide as this, in its own units; its height follows from the places.
WIDTH = 1000.0
RADIUS = 24.0
#: A label's height, and the width of one of its characters.
LINE, CHARACTER = 52.0, 32.0
_MARGIN = 110.0
_GAP = 6.0


@dataclass(frozen=True, slots=True)
class Mark:
    """A site: the middle of its mark, and the middle of its label."""

    code: str
    x: float
    y: float
    label_x: float
    label_y: float


@dataclass(frozen=True, slots=True)
class Map:
    height: float
    #: Each as the corners of a polygon: "x,y x,y …".
    coasts: tuple[str, ...]
    marks: tuple[Mark, ...]
    width: float = WIDTH
    radius: float = RADIUS


_Point = tuple[float, float]
_Box = tuple[float, float, float, float]


def map_of(places: Mapping[str, Place], coasts: Sequence[Coast]) -> Map | None:
    """The map of these sites, north above; None where no site has a place."""
    if not places:
        return None
    corners = [corner for coast in coasts for corner in coast.corners]
    every = [*((place.latitude, place.longitude) for place in places.values()), *corners]
    project, height = _projection(every)
    at = _apart({code: project((place.latitude, place.longitude)) for code, place in places.items()})
    drawn = tuple(" ".join("{:.0f},{:.0f}".format(*project(corner)) for corner in coast.corners) for coast in coasts)
    return Map(height, drawn, tuple(_labelled(at)))


def _projection(every: Sequence[_Point]) -> tuple[Callable[[_Point], _Point], float]:
    """From latitude and longitude to the picture: a degree is as wide as it is at the middle of what is shown."""
    north, south = max(latitude for latitude, _ in every), min(latitude for latitude, _ in every)
    west, east = min(longitude for _, longitude in every), max(longitude for _, longitude in every)
    narrowing = cos(radians((north + south) / 2))
    # Sites on one meridian, or a single one, still get a picture.
    scale = (WIDTH - 2 * _MARGIN) / max((east - west) * narrowing, 0.1)

    def project(point: _Point) -> _Point:
        return _MARGIN + (point[1] - west) * narrowing * scale, _MARGIN + (north - point[0]) * scale

    return project, round(2 * _MARGIN + (north - south) * scale, 1)


def _apart(at: dict[str, _Point]) -> dict[str, _Point]:
    """Push marks that lie on each other apart, a little at a time, until none does."""
    least = 2 * RADIUS + _GAP
    for _ in range(200):
        moved = False
        for one, other in combinations(sorted(at), 2):
            (x1, y1), (x2, y2) = at[one], at[other]
            distance = hypot(x2 - x1, y2 - y1)
            if distance >= least:
                continue
            moved = True
            # Two at the very same place part sideways.
            dx, dy = ((x2 - x1) / distance, (y2 - y1) / distance) if distance else (1.0, 0.0)
            push = (least - distance) / 2 + 0.1
            at[one], at[other] = (x1 - dx * push, y1 - dy * push), (x2 + dx * push, y2 + dy * push)
        if not moved:
            break
    return at


def _labelled(at: Mapping[str, _Point]) -> Iterator[Mark]:
    """Each mark with its label where there is room: first the places where few others are near."""
    taken: list[_Box] = [(x - RADIUS, y - RADIUS, x + RADIUS, y + RADIUS) for x, y in at.values()]
    for code, (x, y) in sorted(at.items()):
        best = min(_candidates(code, x, y), key=lambda spot: _overlap(_box(code, *spot), taken))
        taken.append(_box(code, *best))
        yield Mark(code, round(x, 1), round(y, 1), round(best[0], 1), round(best[1], 1))


def _candidates(code: str, x: float, y: float) -> Iterator[_Point]:
    beside = RADIUS + _GAP + len(code) * CHARACTER / 2
    above = RADIUS + _GAP + LINE / 2
    for further in (0.0, LINE / 2, LINE, 2 * LINE):
        yield from ((x + beside, y - further), (x - beside, y - further), (x + beside, y + further))
        yield from ((x - beside, y + further), (x, y - above - further), (x, y + above + further))


def _box(code: str, x: float, y: float) -> _Box:
    half = len(code) * CHARACTER / 2
    return x - half, y - LINE / 2, x + half, y + LINE / 2


def _overlap(box: _Box, taken: Iterable[_Box]) -> float:
    """The area that a label would cover of what stands there, and of what lies outside the picture."""
    left, top, right, bottom = box
    covered = sum(
        max(0.0, min(right, each[2]) - max(left, each[0])) * max(0.0, min(bottom, each[3]) - max(top, each[1]))
        for each in taken
    )
    return covered + (max(0.0, -left) + max(0.0, right - WIDTH) + max(0.0, -top)) * LINE

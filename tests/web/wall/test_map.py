"""Sites on the map stand apart, and their codes lie on nothing."""

from __future__ import annotations

from itertools import combinations
from math import hypot

from gatehouse.platform.ports import Place, coasts, ports
from gatehouse.web.wall.map import CHARACTER, LINE, RADIUS, WIDTH, Mark, map_of


def place(latitude: float, longitude: float) -> Place:
    return Place(latitude=latitude, longitude=longitude)


def box(mark: Mark) -> tuple[float, float, float, float]:
    half = len(mark.code) * CHARACTER / 2
    return mark.label_x - half, mark.label_y - LINE / 2, mark.label_x + half, mark.label_y + LINE / 2


def covers(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    """By more than a unit, which nobody sees."""
    return min(one[2], other[2]) - max(one[0], other[0]) > 1 and min(one[3], other[3]) - max(one[1], other[1]) > 1


def test_all_ports_of_the_agency_can_be_told_apart() -> None:
    found = map_of({code: port.place for code, port in ports().items() if port.place}, coasts())
    assert found is not None
    assert len(found.marks) == 17
    assert len(found.coasts) == 3
    for one, other in combinations(found.marks, 2):
        assert hypot(one.x - other.x, one.y - other.y) >= 2 * RADIUS, (one.code, other.code)
        assert not covers(box(one), box(other)), (one.code, other.code)
    for label in found.marks:
        left, top, right, bottom = box(label)
        assert min(left, top) >= 0
        assert right <= WIDTH
        assert bottom <= found.height
        for mark in found.marks:
            disc = mark.x - RADIUS, mark.y - RADIUS, mark.x + RADIUS, mark.y + RADIUS
            assert not covers(box(label), disc), (label.code, mark.code)


def test_north_is_above_and_east_is_right() -> None:
    found = map_of({"SW": place(22, 120), "NE": place(25, 121.5)}, [])
    assert found is not None
    north_east, south_west = found.marks
    assert (north_east.code, south_west.code) == ("NE", "SW")
    assert north_east.y < south_west.y
    assert north_east.x > south_west.x


def test_two_sites_at_one_place_part_sideways() -> None:
    found = map_of({"A": place(23, 120), "B": place(23, 120)}, [])
    assert found is not None
    one, other = found.marks
    assert one.y == other.y
    assert other.x - one.x >= 2 * RADIUS


def test_without_a_place_there_is_no_map() -> None:
    assert map_of({}, coasts()) is None

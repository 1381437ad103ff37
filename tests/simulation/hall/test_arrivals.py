"""Who comes to which hall: whole people, all of them, by flights."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatehouse.device.words import Direction
from gatehouse.platform.profile import SHIPPED, Profile
from gatehouse.simulation.hall.arrivals import Hall, arrivals_of, divided, halls_of, in_whole
from gatehouse.simulation.hall.plan import hall_plan_of
from gatehouse.simulation.nation import nation_of

TW = Profile(SHIPPED / "tw")
PLAN, HOURS = hall_plan_of(TW), nation_of(TW).hours


@given(st.integers(0, 10**6), st.lists(st.floats(0.01, 100), min_size=1, max_size=9))
def test_whole_parts_add_up_and_are_near_their_share(total: int, weights: list[float]) -> None:
    parts = in_whole(total, weights)
    assert sum(parts) == total
    assert all(abs(part - total * w / sum(weights)) < 1 for part, w in zip(parts, weights, strict=True))


def test_the_peak_is_divided_by_terminal_and_direction() -> None:
    assert {str(hall): people for hall, people in divided(PLAN, 158_011, 0.45)} == {
        "T1 entry": 37_259,
        "T1 exit": 45_539,
        "T2 entry": 33_846,
        "T2 exit": 41_367,
    }


def test_exactly_so_many_come_in_the_order_of_time() -> None:
    people = arrivals_of(PLAN, HOURS, Random(1), travellers=5_000, entries=0.45)
    assert len(people) == 5_000
    assert [each.at for each in people] == sorted(each.at for each in people)
    assert people[0].at >= 0
    assert people[-1].at < 86_400
    assert Counter(each.hall.direction for each in people) == {Direction.ENTRY: 2_250, Direction.EXIT: 2_750}
    assert {each.hall for each in people} == set(halls_of(PLAN))


def test_the_same_seed_gives_the_same_people() -> None:
    one, two, other = (arrivals_of(PLAN, HOURS, Random(n), travellers=800, entries=0.5) for n in (3, 3, 4))
    assert one == two != other


def test_who_may_not_use_a_lane_never_would() -> None:
    people = arrivals_of(PLAN, HOURS, Random(2), travellers=5_000, entries=0.5)
    assert any(each.group.name == "children" for each in people)
    assert [each for each in people if each.group.name == "children" and each.by_lane] == []


def test_shares_that_do_not_add_up_are_refused() -> None:
    given = PLAN.model_dump() | {"terminals": [{"name": "T1", "share": 0.5, "source": "x"}]}
    with pytest.raises(ValueError, match="must add up to 1"):
        type(PLAN).model_validate(given)


def test_a_line_that_is_not_there_is_refused() -> None:
    given = PLAN.model_dump() | {"lines": [{"name": "nationals", "desks": 1, "source": "x"}]}
    with pytest.raises(ValueError, match="no line visitors"):
        type(PLAN).model_validate(given)


def test_a_hall_is_named_by_terminal_and_direction() -> None:
    assert str(Hall("T2", Direction.EXIT)) == "T2 exit"

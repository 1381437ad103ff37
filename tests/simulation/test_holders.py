"""Made-up people: all of them follows from state and seed."""

from __future__ import annotations

from datetime import date

import pytest

from gatehouse.simulation.holders import made_up_holder

ON = date(2026, 11, 22)


def test_the_same_seed_is_the_same_person() -> None:
    assert made_up_holder("TWN", 7, on=ON) == made_up_holder("TWN", 7, on=ON)
    assert made_up_holder("TWN", 7, on=ON) != made_up_holder("TWN", 9, on=ON)
    assert made_up_holder("TWN", 7, on=ON) != made_up_holder("JPN", 7, on=ON)


@pytest.mark.parametrize(("seed", "sex"), [(7, "F"), (8, "M")])
def test_odd_seeds_are_women_and_even_ones_men(seed: int, sex: str) -> None:
    assert made_up_holder("JPN", seed, on=ON).sex == sex


def test_a_name_has_its_own_script_where_the_state_has_one() -> None:
    holder = made_up_holder("TWN", 7, on=ON)
    assert holder.full_name is not None
    family, given = holder.full_name.split("<<")
    assert not family.isascii()
    assert not given.isascii()
    assert made_up_holder("UTO", 7, on=ON).full_name is None


@pytest.mark.parametrize("seed", range(50))
def test_everybody_is_born_in_time(seed: int) -> None:
    assert date(1936, 1, 1) < made_up_holder("XAA", seed, on=ON).birth_date < ON
    assert made_up_holder("XAA", seed, on=ON, youngest=18).birth_date < date(2008, 11, 24)

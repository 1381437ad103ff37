from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from gatehouse.border.api import Direction
from gatehouse.platform.profile import SHIPPED, Profile
from gatehouse.simulation.nation import Irregularity, nation_of
from gatehouse.simulation.people import age
from gatehouse.simulation.travellers import Traveller, travellers_of

DAY = date(2026, 11, 21)
UTOPIA = Path(__file__).resolve().parents[1] / "profiles" / "utopia"


def tw(count: int, *, seed: int = 1, run: int = 1) -> tuple[Traveller, ...]:
    nation, zone = nation_of(Profile(SHIPPED / "tw")), ZoneInfo("Asia/Taipei")
    return travellers_of(nation, state="TWN", zone=zone, seed=seed, run=run, on=DAY, count=count)


def test_the_plan_follows_from_its_numbers() -> None:
    assert tw(300) == tw(300)
    assert not {each.holder.seed for each in tw(300)} & {each.holder.seed for each in tw(300, run=2)}


def test_two_thousand_have_what_the_profile_plants_among_them() -> None:
    day = tw(2000)
    assert len(day) == 2000
    planted = Counter(each.irregularity for each in day if each.irregularity)
    assert planted == {
        Irregularity.FORGED: 4,
        Irregularity.ALTERED_DATA: 3,
        Irregularity.ALTERED_FACE: 2,
        Irregularity.SWAPPED_CHIP: 2,
        Irregularity.REVOKED: 2,
        Irregularity.EXPIRED: 4,
        Irregularity.MISPRINTED: 2,
        Irregularity.LOST: 1,
        Irregularity.BANNED: 3,
        Irregularity.EXIT_BANNED: 1,
        Irregularity.OVERSTAYED: 4,
        Irregularity.WITHOUT_PERMIT: 4,
        Irregularity.LOOKED_FOR: 2,
        Irregularity.ALONE: 2,
    }
    assert sum(each.namesake for each in day) == 6


def test_the_shares_are_those_of_the_profile() -> None:
    day = tw(2000)
    nationals = sum(each.holder.nationality == "TWN" for each in day)
    assert 0.64 < nationals / 2000 < 0.74
    directions = Counter(each.direction for each in day)
    assert 0.45 < directions[Direction.ENTRY] / 2000 < 0.55
    assert 5 <= directions[Direction.TRANSIT] <= 30
    young = sum(age(each.holder.birth_date, DAY) < 20 for each in day)
    assert 0.08 < young / 2000 < 0.13
    assert 0.48 < sum(each.holder.sex == "F" for each in day) / 2000 < 0.56


@pytest.mark.parametrize("count", [40, 2000])
def test_children_come_with_an_adult_who_stands_before_them_at_the_same_desk(count: int) -> None:
    seen: dict[int, Traveller] = {}
    for each in tw(count):
        minor = age(each.holder.birth_date, DAY) < 18
        assert minor == (each.guardian is not None or each.irregularity is Irregularity.ALONE)
        if each.guardian is not None:
            adult = seen[each.guardian]
            assert (adult.lane, adult.flight, adult.at) == (each.lane, each.flight, each.at)
            assert age(adult.holder.birth_date, DAY) >= 20
        seen[each.holder.seed] = each


def test_whoever_needs_a_permit_has_one_unless_that_is_what_is_wrong() -> None:
    for each in tw(2000):
        if each.direction is Direction.ENTRY and each.holder.nationality in {"CHN", "VNM", "IDN", "IND"}:
            assert (each.permit is None) == (each.irregularity is Irregularity.WITHOUT_PERMIT)


def test_a_visitor_who_leaves_stayed_no_longer_than_permitted_unless_that_is_what_is_wrong() -> None:
    for each in tw(2000):
        visitor = each.direction is Direction.EXIT and each.holder.nationality != "TWN"
        assert (each.entered is not None) == visitor
        if each.entered and each.last_permitted:
            assert each.entered < DAY
            assert (each.last_permitted < DAY) == (each.irregularity is Irregularity.OVERSTAYED)


def test_all_of_a_day_happens_on_that_day_in_the_order_of_time() -> None:
    moments = [each.at for each in tw(2000)]
    assert moments == sorted(moments)
    assert {moment.astimezone(ZoneInfo("Asia/Taipei")).date() for moment in moments} == {DAY}


def test_the_same_plan_is_made_for_another_agency() -> None:
    nation, zone = nation_of(Profile(UTOPIA)), ZoneInfo("America/St_Johns")
    day = travellers_of(nation, state="UTO", zone=zone, seed=1, run=1, on=DAY, count=40)
    assert len(day) == 40
    assert {each.holder.nationality for each in day} == {"UTO", "TWN", "D"}
    assert {each.flight[:3] for each in day} == {"UT "}

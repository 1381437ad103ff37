from __future__ import annotations

from datetime import date, timedelta
from random import Random
from zoneinfo import ZoneInfo

from gatehouse.border.api import Direction
from gatehouse.platform.profile import SHIPPED, Profile
from gatehouse.simulation.flights import Flight, flights_of
from gatehouse.simulation.nation import nation_of

NATION = nation_of(Profile(SHIPPED / "tw"))
ZONE = ZoneInfo("Asia/Taipei")
DAY = date(2026, 11, 21)


def flights(direction: Direction, travellers: int, seed: int = 1) -> list[Flight]:
    return flights_of(NATION, Random(seed), on=DAY, zone=ZONE, direction=direction, travellers=travellers)


def test_there_is_a_flight_for_every_ninety_and_at_least_one() -> None:
    assert len(flights(Direction.ENTRY, 1000)) == 11
    assert len(flights(Direction.EXIT, 3)) == 1


def test_flights_are_in_order_within_the_hours_of_the_local_day_and_bear_different_numbers() -> None:
    found = flights(Direction.EXIT, 9000)
    assert [flight.at for flight in found] == sorted(flight.at for flight in found)
    local = [flight.at.astimezone(ZONE) for flight in found]
    assert {moment.date() for moment in local} == {DAY}
    assert {moment.hour for moment in local} <= set(range(6, 22))
    assert len({flight.name.partition(" ")[2] for flight in found}) == 100
    assert flights(Direction.EXIT, 9000) == found


def test_people_come_to_the_desk_after_landing_and_before_departure() -> None:
    rng = Random(1)
    landing, departure = flights(Direction.ENTRY, 90)[0], flights(Direction.EXIT, 90)[0]
    for _ in range(100):
        assert timedelta(minutes=12) <= landing.at_desk(rng) - landing.at <= timedelta(minutes=45)
        assert timedelta(minutes=45) <= departure.at - departure.at_desk(rng) <= timedelta(minutes=110)

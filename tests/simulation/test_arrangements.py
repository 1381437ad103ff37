from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from gatehouse.border.models import Crossing
from gatehouse.kernel.clock import FixedClock
from gatehouse.platform.actors import Actor
from gatehouse.platform.profile import SHIPPED, Profile
from gatehouse.simulation.arrangements import Arrangements
from gatehouse.simulation.halls import order_of
from gatehouse.simulation.nation import Irregularity, nation_of
from gatehouse.simulation.passport_office import PassportOffice
from gatehouse.simulation.travellers import Traveller, travellers_of
from gatehouse.travellers.models import Permit
from gatehouse.watchlist.models import Entry

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 21)
TW = Profile(SHIPPED / "tw")
PLAN = travellers_of(nation_of(TW), state="TWN", zone=ZoneInfo("Asia/Taipei"), seed=1, run=1, on=DAY, count=200)


def arrange(traveller: Traveller) -> None:
    office = PassportOffice([traveller.holder.nationality], seed=1, on=DAY)
    made = Arrangements(TW, port="TPE", run=1, on=DAY, supervisor=Actor.system("test"))
    clock = FixedClock(datetime(2026, 11, 21, tzinfo=UTC))
    made.make(traveller, office.passport(order_of(traveller)).mrz, clock)


def with_(irregularity: Irregularity) -> Traveller:
    return next(each for each in PLAN if each.irregularity is irregularity)


def test_a_permit_is_registered_with_its_stay() -> None:
    arrange(next(each for each in PLAN if each.permit and each.permit.kind == "entry_permit"))
    permit = Permit.objects.get()
    assert (permit.kind, permit.stay_days, permit.entries_allowed) == ("entry_permit", 15, 1)
    assert permit.valid_from < DAY < permit.valid_until
    assert not Entry.objects.exists()


def test_an_overstayer_entered_earlier_and_was_permitted_until_a_day_that_is_past() -> None:
    traveller = with_(Irregularity.OVERSTAYED)
    arrange(traveller)
    crossing = Crossing.objects.get()
    assert (crossing.direction, crossing.port) == ("entry", "TPE")
    assert traveller.last_permitted is not None
    assert crossing.last_permitted_day == traveller.last_permitted < DAY


@pytest.mark.parametrize(
    ("irregularity", "kind", "by_document"),
    [
        (Irregularity.LOST, "lost_document", True),
        (Irregularity.BANNED, "entry_ban", True),
        (Irregularity.EXIT_BANNED, "exit_ban", True),
        (Irregularity.LOOKED_FOR, "lookout", False),
    ],
)
def test_who_is_listed_is_listed_for_that_day(irregularity: Irregularity, kind: str, by_document: bool) -> None:
    arrange(with_(irregularity))
    entry = Entry.objects.get()
    assert (entry.kind, entry.valid_until, entry.authority) == (kind, DAY, "simulation")
    assert (bool(entry.number), bool(entry.name_key)) == (by_document, not by_document)


def test_a_namesake_shares_the_name_of_somebody_much_older() -> None:
    traveller = next(each for each in PLAN if each.namesake)
    arrange(traveller)
    entry = Entry.objects.get()
    assert entry.surname == traveller.holder.surname.upper()
    assert entry.birth_date == "1926-01-01"


def test_nothing_is_put_on_record_of_an_ordinary_national() -> None:
    arrange(
        next(each for each in PLAN if each.holder.nationality == "TWN" and not each.irregularity and not each.namesake)
    )
    assert not Entry.objects.exists()
    assert not Crossing.objects.exists()
    assert not Permit.objects.exists()

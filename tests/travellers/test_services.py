from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.db import IntegrityError, transaction
from tests.border import desk
from tests.border.records import everything

from gatehouse.kernel.clock import Clock
from gatehouse.kernel.errors import RefusedError
from gatehouse.travellers.api import Holder, permit_register, permit_use, same_person_plausible, traveller_recognise
from gatehouse.travellers.models import Permit, Traveller

pytestmark = pytest.mark.django_db
ON = date(2023, 5, 1)
HOLDER = Holder("P", "JPN", "TK1", "2030-01-31", "TANAKA", "HANAKO", "1985-03-14", "F", "JPN", ("田中 花子",))


def registered(clock: Clock, number: str, first: date, last: date, entries: int | None = None) -> None:
    permit_register(
        clock=clock,
        holder=HOLDER,
        number=number,
        kind="visitor_visa",
        valid_from=first,
        valid_until=last,
        entries_allowed=entries,
    )


def test_a_person_is_taken_in_once_and_known_by_the_document_then() -> None:
    clock = desk.clock()
    first = traveller_recognise(clock=clock, holder=HOLDER, on=ON)
    assert first.created
    before = everything()
    again = traveller_recognise(clock=clock, holder=replace(HOLDER, surname="SUZUKI"), on=ON)
    assert (again.traveller, again.created, again.names) == (first.traveller, False, ("田中 花子",))
    assert everything() == before
    kept = Traveller.objects.get()
    assert (kept.surname, kept.given_names, kept.names) == ("TANAKA", "HANAKO", ["田中 花子"])


def test_the_same_number_of_another_issuer_is_another_document() -> None:
    one = traveller_recognise(clock=desk.clock(), holder=HOLDER, on=ON)
    other = traveller_recognise(clock=desk.clock(), holder=replace(HOLDER, issuer="KOR"), on=ON)
    assert one.traveller != other.traveller


def test_the_permit_that_holds_and_lasts_longest_is_found() -> None:
    clock = desk.clock()
    registered(clock, "PAST", date(2022, 1, 1), date(2022, 12, 31))
    registered(clock, "SHORT", date(2023, 1, 1), date(2023, 6, 1))
    registered(clock, "LONG", date(2023, 1, 1), date(2023, 9, 1))
    registered(clock, "USED", date(2023, 1, 1), date(2024, 9, 1), entries=0)
    found = traveller_recognise(clock=clock, holder=HOLDER, on=ON).permit
    assert found is not None
    assert found.number == "LONG"
    named = traveller_recognise(clock=clock, holder=HOLDER, permit_number="PAST", on=ON).permit
    assert named is not None
    assert (named.number, named.lets_in(ON)) == ("PAST", False)
    assert traveller_recognise(clock=clock, holder=HOLDER, permit_number="NONE", on=ON).permit is None


def test_entries_are_used_up_and_no_more() -> None:
    clock = desk.clock()
    registered(clock, "V1", ON, ON, entries=2)
    permit = Permit.objects.get()
    permit_use(permit=permit.id)
    permit_use(permit=permit.id)
    before = everything()
    with pytest.raises(RefusedError, match="the permit has no entry left"):
        permit_use(permit=permit.id)
    assert everything() == before
    with pytest.raises(IntegrityError, match="no_entry_beyond_those_allowed"), transaction.atomic():
        Permit.objects.update(entries_used=3)


def test_a_permit_ends_after_it_begins() -> None:
    with pytest.raises(IntegrityError, match="travellers_permit_ends_after_it_begins"), transaction.atomic():
        registered(desk.clock(), "V1", date(2023, 5, 2), ON)


@pytest.mark.parametrize(
    ("known", "shown", "plausible"),
    [
        ("1985-03-14", "1985-03-14", True),
        ("1985", "1985-03-14", True),
        ("1985-03-14", "1985-03", True),
        ("1985-03-14", None, True),
        ("1985-03-14", "1985-04", False),
        ("1985-03-14", "1985-03-15", False),
    ],
)
def test_whether_record_and_document_can_be_of_one_person(known: str, shown: str | None, plausible: bool) -> None:
    found = traveller_recognise(clock=desk.clock(), holder=replace(HOLDER, birth_date=known), on=ON)
    assert same_person_plausible(found, replace(HOLDER, birth_date=shown)) is plausible

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction
from tests.border import desk
from tests.border.records import everything

from gatehouse.documents.mrz import compose_mrz, parse_mrz
from gatehouse.kernel.errors import ConflictError, ForbiddenError, NotFoundError, RefusedError
from gatehouse.watchlist.api import (
    Hit,
    ListKind,
    Matched,
    Review,
    Subject,
    entry_add,
    hit_review,
    hits_of,
    list_types,
    subject_screen,
)
from gatehouse.watchlist.domain import NAME_KEY_LENGTH, name_key
from gatehouse.watchlist.models import Entry

pytestmark = pytest.mark.django_db
ON = date(2023, 5, 1)
SUBJECT = Subject("JPN", "TK1", "VAN DER TANAKA", "HANAKO MARIA", "1985-03-14")


def listed(**changes: Any) -> UUID:
    asked: dict[str, Any] = {
        "clock": desk.clock(),
        "actor": desk.SUPERVISOR,
        "kind": ListKind.LOOKOUT,
        "basis": "§4 II",
        "authority": "police",
        "valid_from": date(2023, 1, 1),
    }
    return entry_add(**{**asked, **changes})


def screened(subject: Subject = SUBJECT, on: date = ON) -> tuple[Hit, ...]:
    return subject_screen(clock=desk.clock(), subject=subject, inspection=uuid4(), traveller=uuid4(), on=on)


def test_nothing_listed_nothing_found() -> None:
    assert screened() == ()


def test_a_listed_document() -> None:
    entry = listed(kind=ListKind.LOST_DOCUMENT, number="TK1", issuer="JPN")
    [hit] = screened()
    assert (hit.entry, hit.matched, str(hit.reason)) == (entry, Matched.DOCUMENT, "the document TK1 itself is listed")
    assert screened(subject(issuer="KOR")) == ()


def subject(**changes: Any) -> Subject:
    known = {name: getattr(SUBJECT, name) for name in Subject.__slots__}
    return Subject(**{**known, **changes})


@pytest.mark.parametrize(
    ("listed_as", "shown", "said"),
    [
        ("1985-03-14", "1985-03-14", "the same name and date of birth, 1985-03-14"),
        ("1985", "1985-03-14", "the same name; the dates of birth agree as far as known, 1985"),
        ("1985-03-14", "1985-03", "the same name; the dates of birth agree as far as known, 1985-03"),
        (None, "1985-03-14", "the same name; a date of birth is not known"),
        ("1985-03-14", None, "the same name; a date of birth is not known"),
        ("1986", "1985-03-14", None),
        ("1985-03-15", "1985-03-14", None),
    ],
)
def test_a_listed_person(listed_as: str | None, shown: str | None, said: str | None) -> None:
    listed(surname="VANDER TANAKA", given_names="HANAKO MARIA", birth_date=listed_as)
    assert [str(hit.reason) for hit in screened(subject(birth_date=shown))] == ([said] if said else [])


@pytest.mark.parametrize(
    ("on", "found"), [(date(2022, 12, 31), 0), (date(2023, 1, 1), 1), (date(2023, 6, 30), 1), (date(2023, 7, 1), 0)]
)
def test_an_entry_counts_within_its_time(on: date, found: int) -> None:
    listed(number="TK1", issuer="JPN", valid_until=date(2023, 6, 30))
    assert len(screened(on=on)) == found


def test_names_are_compared_as_the_shortest_zone_holds_them() -> None:
    assert name_key("VAN DER MUELLEN", "ANNA MARIA") == "VANDERMUELLEN<ANNAMARIA"
    assert name_key("A" * 40, "B") == "A" * 24
    assert name_key("", "") == ""


def test_who_is_in_one_entry_by_document_and_name_is_one_hit() -> None:
    listed(number="TK1", issuer="JPN", surname="VAN DER TANAKA", given_names="HANAKO MARIA")
    assert [hit.matched for hit in screened()] == [Matched.DOCUMENT]


@pytest.mark.parametrize("wrong", [{}, {"number": "TK1"}, {"issuer": "JPN"}, {"surname": "··"}])
def test_an_entry_names_something(wrong: dict[str, str]) -> None:
    before = everything()
    with pytest.raises(RefusedError, match="names a document with its issuer, or a person"):
        listed(**wrong)
    assert everything() == before


def test_an_agency_keeps_the_lists_that_its_law_knows() -> None:
    listed(number="TK1", issuer="JPN", kind=ListKind.EXIT_BAN, profile=desk.TW, basis="")
    assert Entry.objects.get().basis == "入出國及移民法 §§6, 21"
    before = everything()
    with pytest.raises(RefusedError, match="this agency keeps no list of the kind exit_ban"):
        listed(number="TK1", issuer="JPN", kind=ListKind.EXIT_BAN, profile=desk.UTOPIA)
    assert everything() == before
    assert list_types(desk.TW, on=ON)[ListKind.LOST_DOCUMENT].name["en"] == "Lost or stolen document"


def test_not_everyone_lists() -> None:
    with pytest.raises(ForbiddenError):
        listed(actor=desk.SECOND, number="TK1", issuer="JPN")


def test_a_hit_is_reviewed_once_by_an_officer_with_a_reason() -> None:
    listed(number="TK1", issuer="JPN")
    inspection = uuid4()
    asked: dict[str, Any] = {
        "clock": desk.clock(),
        "officer": desk.SECOND,
        "review": Review.NOT_THE_SAME,
        "reason": "seen",
    }
    [hit] = subject_screen(clock=desk.clock(), subject=SUBJECT, inspection=inspection, traveller=uuid4(), on=ON)
    before = everything()
    for changes, error in (
        ({"reason": " "}, RefusedError),
        ({"review": Review.OPEN}, RefusedError),
        ({"officer": desk.INSPECTOR}, ForbiddenError),
        ({"hit": uuid4()}, NotFoundError),
    ):
        with pytest.raises(error):
            hit_review(**{**asked, "hit": hit.id, **changes})
        assert everything() == before
    hit_review(hit=hit.id, **asked)
    [reviewed] = hits_of(inspection)
    assert (reviewed.review, reviewed.reviewed_by) == (Review.NOT_THE_SAME, "user:lin")
    before = everything()
    with pytest.raises(ConflictError, match="reviewed by user:lin"):
        hit_review(hit=hit.id, **asked)
    assert everything() == before


def test_the_database_refuses_an_entry_of_no_kind_or_that_ends_before_it_begins() -> None:
    listed(number="TK1", issuer="JPN")
    for change, name in (
        ({"kind": "dislike"}, "kind_known"),
        ({"valid_until": date(2022, 1, 1)}, "ends_after_it_begins"),
    ):
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            Entry.objects.update(**change)


@pytest.mark.parametrize("zone", ["TD1", "TD2", "TD3"])
@pytest.mark.parametrize(
    ("surname", "given_names"),
    [
        ("VAN DER MUELLEN", "ANNA MARIA JOHANNA ELISABETH"),
        ("DE LA CRUZ Y SANTOS", "JUAN CARLOS MIGUEL"),
        ("TANAKA", "HANAKO"),
        ("NGUYEN", "THI HONG NHUNG PHUONG ANH MAI"),
    ],
)
def test_a_listed_person_is_met_whatever_the_zone_cuts_off(zone: str, surname: str, given_names: str) -> None:
    listed(surname=surname, given_names=given_names, birth_date="1985-03-14")
    holder = {"surname": surname, "given_names": given_names, "birth_date": "1985-03-14", "sex": "F"}
    document = {"issuer": "NLD", "document_number": "TK7654321", "nationality": "NLD", "expiry_date": "2030-01-31"}
    code = "P" if zone == "TD3" else "I"
    read = parse_mrz(compose_mrz(zone, document_code=code, **holder, **document), on=ON)
    [hit] = screened(Subject(read.issuer, read.document_number, read.surname, read.given_names, read.birth_date))
    assert str(hit.reason) == "the same name and date of birth, 1985-03-14"
    assert screened(Subject("NLD", "TK7654321", read.surname[:-1], read.given_names, read.birth_date)) == ()
    assert len(name_key(surname, given_names)) <= NAME_KEY_LENGTH

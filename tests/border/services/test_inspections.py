"""Opening an inspection: what is read, recognised, found and proposed."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from unittest import mock
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.border import desk
from tests.border.records import count, everything
from tests.conformance import conformance

from gatehouse.border.api import (
    Capacity,
    DecisionKind,
    Direction,
    DocumentReading,
    InspectionState,
    decision_take,
    inspection_open,
)
from gatehouse.documents import lds
from gatehouse.documents.pki.certificates import Certificate
from gatehouse.documents.pki.trust import TrustStore
from gatehouse.kernel.clock import FixedClock
from gatehouse.kernel.errors import ForbiddenError, NotFoundError, RefusedError, UnreadableError
from gatehouse.kernel.results import Result
from gatehouse.simulation.holders import made_up_holder
from gatehouse.simulation.issuing import Fault, Issuer
from gatehouse.travellers.api import permit_register
from gatehouse.watchlist.api import ListKind, entry_add

pytestmark = pytest.mark.django_db
ADMIT, RELEASE, REFER, REFUSE = DecisionKind.ADMIT, DecisionKind.RELEASE, DecisionKind.REFER, DecisionKind.REFUSE


def test_a_visitor_is_admitted_until_the_last_permitted_day() -> None:
    at = desk.clock()
    inspection = desk.opened(at)
    seen = desk.seen(inspection, at)
    assert (seen.state, seen.ready_ms, seen.opened_by) == (InspectionState.OPEN, 3000, "user:chen")
    assert (seen.person.surname, seen.person.given_names, seen.person.age) == ("TANAKA", "HANAKO", 38)
    assert seen.permit is not None
    assert (seen.permit.kind, seen.permit.last_permitted_day) == ("exemption", date(2023, 7, 30))
    assert seen.document.verdict is Result.UNDETERMINED
    assert (seen.proposal.kind, seen.comparison.result) == (ADMIT, Result.NOT_SUPPORTED)
    assert seen.allowed_kinds == (ADMIT, REFER, DecisionKind.HOLD, REFUSE)
    assert seen.history == ()
    taken = decision_take(clock=at, officer=desk.INSPECTOR, inspection=inspection, kind=ADMIT, profile=desk.TW)
    assert taken.state is InspectionState.CLOSED
    after = desk.seen(inspection, at)
    assert [crossing.id for crossing in after.history] == [taken.crossing]
    assert after.history[0].last_permitted_day == date(2023, 7, 30)
    assert after.history[0].capacity is Capacity.PASSENGER
    assert after.history[0].direction is Direction.ENTRY


def test_the_day_of_entry_is_the_day_at_the_border() -> None:
    """17:00 in UTC on 30 April is the first hour of 1 May in Taipei, and still 30 April in Utopia."""
    at = FixedClock(datetime.fromisoformat("2023-04-30T17:00:00+00:00"))
    seen = desk.seen(desk.opened(at), at)
    assert seen.permit is not None
    assert seen.permit.last_permitted_day == date(2023, 7, 30)
    utopian = desk.opened(at, desk.of_state("TWN"), profile=desk.UTOPIA, port="UTA")
    permit = desk.seen(utopian, at).permit
    assert permit is not None
    assert permit.last_permitted_day == date(2023, 7, 31)  # three months, the first of them from 1 May


@pytest.mark.parametrize(
    ("profile", "port", "nationality", "proposed", "state"),
    [
        (desk.TW, "TPE", "JPN", ADMIT, InspectionState.CLOSED),
        (desk.TW, "TPE", "UTO", REFUSE, InspectionState.AWAITING_CONFIRMATION),
        (desk.TW, "TWKEL", "TWN", ADMIT, InspectionState.CLOSED),
        (desk.UTOPIA, "UTA", "JPN", REFER, InspectionState.REFERRED),
        (desk.UTOPIA, "UTS", "UTO", REFER, InspectionState.REFERRED),  # undetermined documents go there
    ],
)
def test_one_flow_under_two_agencies(
    profile: Any, port: str, nationality: str, proposed: DecisionKind, state: InspectionState
) -> None:
    at = desk.clock()
    inspection = desk.opened(at, desk.of_state(nationality), profile=profile, port=port)
    assert desk.seen(inspection, at).proposal.kind is proposed
    taken = decision_take(clock=at, officer=desk.INSPECTOR, inspection=inspection, kind=proposed, profile=profile)
    assert taken.state is state


def test_a_port_of_another_agency_is_none() -> None:
    before = everything()
    with pytest.raises(RefusedError, match="there is no port UTA"):
        desk.opened(desk.clock(), port="UTA")
    assert everything() == before


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"mrz": "P<UTO"}, UnreadableError),
        ({"live_image": b"no image"}, UnreadableError),
        ({"officer": desk.NOT_CLEARED}, ForbiddenError),
        ({"officer": desk.LANE}, ForbiddenError),
        ({"lane": ""}, RefusedError),
        ({"conveyance": "x" * 17}, RefusedError),
        ({"guardian": uuid4()}, NotFoundError),
    ],
)
def test_what_cannot_be_inspected_stores_nothing(changes: dict[str, Any], error: type) -> None:
    before = everything()
    with pytest.raises(error):
        desk.opened(desk.clock(), **changes)
    assert everything() == before


def test_a_moment_of_reading_without_a_zone_is_unreadable() -> None:
    reading = DocumentReading(mrz=desk.passport(), read_at=datetime(2023, 5, 1))  # noqa: DTZ001
    with pytest.raises(UnreadableError, match="needs a time zone"):
        desk.opened(desk.clock(), reading=reading)


def test_what_was_read_yesterday_is_read_again() -> None:
    at, before = desk.clock(), everything()
    reading = DocumentReading(mrz=desk.passport(), read_at=at.now() - timedelta(days=1, seconds=1))
    with pytest.raises(UnreadableError, match="more than a day ago"):
        desk.opened(at, reading=reading)
    assert everything() == before


def test_what_fails_at_the_end_leaves_nothing_behind() -> None:
    before = everything()
    with (
        mock.patch("gatehouse.border.services.inspections.leaf_append", side_effect=RuntimeError),
        pytest.raises(RuntimeError),
    ):
        desk.opened(desk.clock(), live_image=desk.face())
    assert everything() == before


def test_a_minor_and_the_adult_who_is_with_them() -> None:
    at = desk.clock()
    child = desk.passport(document_number="TK7654321", birth_date="2015-01-01")
    alone = desk.seen(desk.opened(at, child), at)
    assert alone.proposal.kind is REFER
    adult = desk.opened(at)
    together = desk.seen(desk.opened(at, child, guardian=adult), at)
    assert (together.proposal.kind, together.guardian) == (ADMIT, adult)
    with pytest.raises(NotFoundError):
        desk.opened(at, child, guardian=adult, port="KHH")
    for born in ("2005-05-02", "2005-05"):  # a day too young, or nobody knows
        other = desk.opened(at, desk.passport(document_number="TK1111111", birth_date=born))
        before = everything()
        with pytest.raises(NotFoundError):
            desk.opened(at, child, guardian=other)
        assert everything() == before
    grown = desk.opened(at, desk.passport(document_number="TK2222222", birth_date="2005-05-01"))
    assert desk.seen(desk.opened(at, child, guardian=grown), at).proposal.kind is ADMIT
    at.advance(timedelta(days=2))
    with pytest.raises(NotFoundError):
        desk.opened(at, child, guardian=adult)


def test_a_visa_lets_in_as_often_as_it_says() -> None:
    at = desk.clock()
    mrz = desk.of_state("VNM")
    reading = desk.opened(at, mrz)
    assert desk.seen(reading, at).proposal.kind is REFUSE
    permit_register(
        clock=at,
        holder=desk.holder(mrz),
        number="V1",
        kind="visitor_visa",
        valid_from=date(2023, 4, 1),
        valid_until=date(2023, 6, 30),
        stay_days=30,
        entries_allowed=1,
    )
    entry = desk.opened(at, mrz)
    seen = desk.seen(entry, at)
    assert seen.permit is not None
    assert (seen.permit.number, seen.permit.last_permitted_day) == ("V1", date(2023, 5, 31))
    another = desk.opened(at, mrz)
    decision_take(clock=at, officer=desk.INSPECTOR, inspection=entry, kind=ADMIT, profile=desk.TW)
    assert desk.seen(desk.opened(at, mrz), at).proposal.kind is REFUSE
    before = everything()
    with pytest.raises(RefusedError, match="no entry left"):
        decision_take(clock=at, officer=desk.INSPECTOR, inspection=another, kind=ADMIT, profile=desk.TW)
    assert everything() == before


def test_a_permit_in_hand_names_the_person_whose_document_is_new() -> None:
    at = desk.clock()
    old, new = desk.of_state("VNM"), desk.of_state("VNM", document_number="NEW1")
    permit_register(
        clock=at, holder=desk.holder(old), number="R7", kind="residence_permit",
        valid_from=date(2022, 1, 1), valid_until=date(2024, 12, 31),
    )  # fmt: skip
    seen = desk.seen(desk.opened(at, new, permit_number="R7"), at)
    assert seen.person.traveller == desk.seen(desk.opened(at, old), at).person.traveller
    assert seen.permit is not None
    assert (seen.permit.kind, seen.permit.last_permitted_day) == ("residence_permit", date(2024, 12, 31))
    assert desk.seen(desk.opened(at, new), at).person.traveller != seen.person.traveller


def test_a_document_on_record_for_somebody_else_is_looked_into() -> None:
    at = desk.clock()
    desk.opened(at)
    seen = desk.seen(desk.opened(at, desk.passport(birth_date="1985-03-15")), at)
    assert seen.proposal.kind is REFER
    assert {check.id: check.result for check in seen.document.checks}["record"] is Result.FAILED


def test_an_overstay_is_seen_at_exit() -> None:
    at = desk.clock()
    decision_take(clock=at, officer=desk.INSPECTOR, inspection=desk.opened(at), kind=ADMIT, profile=desk.TW)
    at.advance(timedelta(days=90))
    assert desk.seen(desk.opened(at, direction=Direction.EXIT), at).proposal.kind is RELEASE
    at.advance(timedelta(days=1))
    seen = desk.seen(desk.opened(at, direction=Direction.EXIT), at)
    assert seen.proposal.kind is REFER
    assert "1 days over the last permitted day, 2023-07-30" in str(seen.proposal.reasons[-1])


def test_a_hit_is_shown_as_a_proposal_with_its_reason() -> None:
    at = desk.clock()
    entry = entry_add(
        clock=at, actor=desk.SUPERVISOR, kind=ListKind.ENTRY_BAN, basis="§18 I (7)", authority="court 3",
        valid_from=date(2023, 1, 1), surname="TANAKA", given_names="HANAKO", birth_date="1985",
    )  # fmt: skip
    seen = desk.seen(desk.opened(at), at)
    assert seen.proposal.kind is REFER
    [hit] = seen.hits
    assert (hit.entry, hit.kind, hit.review) == (entry, "entry_ban", "open")
    assert str(hit.reason) == "the same name; the dates of birth agree as far as known, 1985"
    assert desk.seen(desk.opened(at, direction=Direction.EXIT), at).proposal.kind is RELEASE


# With a chip.

ON = date(2023, 5, 1)


@pytest.fixture(scope="module")
def utopia() -> Issuer:
    return Issuer("JP", "JPN", seed=5, on=ON)


def chip_read(issuer: Issuer, fault: Fault | None = None, **files: Any) -> dict[str, Any]:
    issued = issuer.personalise(made_up_holder("JPN", 4, on=ON, youngest=20), fault=fault)
    at = desk.clock()
    mrz = "\n".join(issued.mrz_lines)
    reading = DocumentReading(mrz=mrz, read_at=at.now(), files={**issued.files, **files}, live_image=desk.face())
    trust = TrustStore([Certificate.read(der) for der in issuer.csca_certificates()])
    return {"reading": reading, "trust": trust}


def test_an_authentic_chip_with_its_face_and_names(utopia: Issuer) -> None:
    at = desk.clock()
    inspection = desk.opened(at, **chip_read(utopia))
    seen = desk.seen(inspection, at)
    assert seen.document.verdict is Result.SUCCESSFUL
    assert seen.proposal.kind is ADMIT
    assert [str(reason) for reason in seen.proposal.reasons] == [
        "still to be captured: fingerprints (入出國及移民法 §91 I)"
    ]
    assert "Simulated" in seen.document.signer
    assert seen.face_image is not None
    assert seen.live_image is not None
    assert (seen.face_image[:2], seen.live_image[:2], seen.face_media_type) == (b"\xff\xd8", b"\xff\xd8", "image/jpeg")
    assert seen.person.names != ()
    checks = {check.id: check.result for check in seen.document.checks}
    assert (
        checks["sod_signature"] is checks["dsc_chain"] is checks["dg_hash"] is checks["dg1_zone"] is Result.SUCCESSFUL
    )
    decision_take(clock=at, officer=desk.INSPECTOR, inspection=inspection, kind=ADMIT, profile=desk.TW)
    assert count("border_images") == 0


@pytest.mark.parametrize(
    ("fault", "check"),
    [
        (Fault.FORGED, "dsc_chain"),
        (Fault.ALTERED_DG1, "dg_hash"),
        (Fault.ALTERED_DG2, "dg_hash"),
        (Fault.SWAPPED, "dg1_zone"),
    ],
)
def test_a_false_chip_goes_to_the_second_line(utopia: Issuer, fault: Fault, check: str) -> None:
    seen = desk.seen(desk.opened(desk.clock(), **chip_read(utopia, fault)), desk.clock())
    assert seen.document.verdict is Result.FAILED
    assert {each.id: each.result for each in seen.document.checks}[check] is Result.FAILED
    assert seen.proposal.kind is REFER


@pytest.mark.parametrize(("name", "check"), [("SOD", "sod_signature"), ("DG1", "dg1_content"), ("DG2", "dg2_content")])
@pytest.mark.parametrize("broken", [b"", b"no file of a passport", b"\x77\x84\xff\xff\xff\xff"])
def test_a_broken_file_is_a_failed_check_and_stops_nothing(
    utopia: Issuer, name: str, check: str, broken: bytes
) -> None:
    seen = desk.seen(desk.opened(desk.clock(), **chip_read(utopia, None, **{name: broken})), desk.clock())
    assert {each.id: each.result for each in seen.document.checks}[check] is Result.FAILED
    assert seen.document.verdict is Result.FAILED


def test_a_chip_without_its_security_object_says_nothing(utopia: Issuer) -> None:
    asked = chip_read(utopia)
    files = {name: data for name, data in asked["reading"].files.items() if name != "SOD"}
    reading = DocumentReading(mrz=asked["reading"].mrz, read_at=asked["reading"].read_at, files=files)
    seen = desk.seen(desk.opened(desk.clock(), reading=reading), desk.clock())
    assert seen.document.verdict is Result.UNDETERMINED
    assert {each.id: each.result for each in seen.document.checks}["chip"] is Result.ABORTED


def test_the_specimen_of_the_bsi() -> None:
    """German specimen of 2008: its face is JPEG 2000, and nobody here trusts its issuer."""
    folder = conformance("documents/specimen-bsi-2008")
    names = ("COM", "SOD", "DG1", "DG2", "DG3", "DG14")
    files = {name: (folder / f"EF_{name}.bin").read_bytes() for name in names}
    dg1 = lds.read("DG1", files["DG1"])
    at = desk.clock()
    reading = DocumentReading(mrz="\n".join(dg1.lines), read_at=at.now(), files=files)  # type: ignore[union-attr]
    seen = desk.seen(desk.opened(at, reading=reading), at)
    checks = {check.id: check.result for check in seen.document.checks}
    assert (checks["dg_hash"], checks["dg1_zone"]) == (Result.SUCCESSFUL, Result.SUCCESSFUL)
    assert seen.document.number == "C11T002JM"
    assert seen.face_image is not None
    assert seen.face_image[:2] == b"\xff\xd8"


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(mrz=st.text(max_size=100), lane=st.text(max_size=40))
def test_no_text_brings_anything_but_a_clear_error(mrz: str, lane: str) -> None:
    at = desk.clock()
    reading = DocumentReading(mrz=mrz, read_at=at.now())
    with pytest.raises((UnreadableError, RefusedError)):
        inspection_open(
            clock=at, officer=desk.INSPECTOR, port="TPE", lane=lane, direction=Direction.ENTRY,
            reading=reading, trust=desk.NOBODY, profile=desk.TW,
        )  # fmt: skip

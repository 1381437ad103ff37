"""Terminal authentication with the simulated chip: every scheme, by BAC and by PACE, through link certificates."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests.documents.chip.cv_certificates.made import TA, Holder, holder
from tests.documents.chip.reading.made import image, read, results

from gatehouse.documents.chip.cv_certificates import Role
from gatehouse.documents.chip.cv_certificates.keys import SCHEMES
from gatehouse.documents.chip.errors import UnsupportedProtocolError
from gatehouse.documents.chip.reading import ChipReading, ReadingPolicy
from gatehouse.documents.chip.reading.proofs import authorities_of
from gatehouse.documents.chip.simulator import ChipImage
from gatehouse.documents.chip.terminal_authentication import TerminalCredentials
from gatehouse.simulation.issuing import ChipKind

WANTED = ("COM", "SOD", "DG3", "DG14")
AUTHORITY = holder("UTCVCA00001", Role.AUTHORITY)
VERIFIER = holder("UTDVUT00001", Role.DOMESTIC_VERIFIER, by=AUTHORITY)
TERMINAL = holder("UTISUT00001", Role.TERMINAL, by=VERIFIER)


def held(*holders: Holder) -> TerminalCredentials:
    return TerminalCredentials(tuple(each.certificate for each in holders), holders[-1].key)


def reading_of(
    *trusted: Holder, credentials: TerminalCredentials, today: date = date(2026, 6, 1), without: tuple[str, ...] = ()
) -> ChipReading:
    points = tuple(each.certificate for each in trusted)
    chip: ChipImage = replace(image(ChipKind.EAC, without=without), trust_points=points, personalised=today)
    return read(chip, policy=ReadingPolicy(WANTED, terminal=credentials))


@pytest.mark.parametrize("oid", [oid for oid in SCHEMES if oid not in (f"{TA}.1.1", f"{TA}.1.3")])
def test_every_scheme(oid: str) -> None:
    authority = holder("UTCVCA00007", Role.AUTHORITY, oid=oid)
    verifier = holder("UTDVUT00007", Role.DOMESTIC_VERIFIER, by=authority, oid=oid)
    terminal = holder("UTISUT00007", Role.TERMINAL, by=verifier, oid=oid)
    reading = reading_of(authority, credentials=held(verifier, terminal))
    assert results(reading)["terminal_authentication"] == "successful"
    assert "DG3" in reading.files


def test_a_chip_that_bac_opened_is_named_by_its_document_number() -> None:
    reading = reading_of(AUTHORITY, credentials=held(VERIFIER, TERMINAL), without=("CardAccess",))
    assert reading.access == "BAC"
    assert results(reading)["terminal_authentication"] == "successful"


def test_a_link_certificate_leads_from_an_older_authority() -> None:
    newer = holder("UTCVCA00002", Role.AUTHORITY, by=AUTHORITY)
    verifier = holder("UTDVUT00002", Role.DOMESTIC_VERIFIER, by=newer)
    terminal = holder("UTISUT00002", Role.TERMINAL, by=verifier)
    reading = reading_of(AUTHORITY, credentials=held(newer, verifier, terminal))
    assert results(reading)["terminal_authentication"] == "successful"


@pytest.mark.parametrize(
    ("credentials", "today", "result"),
    [
        (held(VERIFIER, TERMINAL), date(2027, 6, 1), "failed"),
        (held(TERMINAL), date(2026, 6, 1), "undetermined"),
        (TerminalCredentials((VERIFIER.certificate, TERMINAL.certificate), VERIFIER.key), date(2026, 6, 1), "failed"),
    ],
    ids=["expired", "no chain", "another key"],
)
def test_a_terminal_that_a_chip_does_not_accept(credentials: TerminalCredentials, today: date, result: str) -> None:
    reading = reading_of(AUTHORITY, credentials=credentials, today=today)
    assert results(reading)["terminal_authentication"] == result
    assert set(reading.files) == {"COM", "SOD", "DG14"}
    assert results(reading)["chip_authentication"] == "successful"


def test_rights_that_one_certificate_lacks_are_lacking() -> None:
    verifier = holder("UTDVUT00003", Role.DOMESTIC_VERIFIER, by=AUTHORITY, rights=0b10)
    terminal = holder("UTISUT00003", Role.TERMINAL, by=verifier)
    reading = reading_of(AUTHORITY, credentials=held(verifier, terminal))
    assert results(reading)["terminal_authentication"] == "successful"
    assert "DG3" not in reading.files
    assert [event.name for event in reading.events] == ["file_protected"]


def test_the_authorities_of_ef_cvca() -> None:
    content = b"\x42\x0bUTCVCA00002\x42\x0bUTCVCA00001" + bytes(10)
    assert authorities_of(content) == ("UTCVCA00002", "UTCVCA00001")
    assert authorities_of(b"\x42\x20abc") == authorities_of(b"") == ()
    with pytest.raises(UnsupportedProtocolError, match="no certificate of this terminal leads to AACVCA00001"):
        held(VERIFIER, TERMINAL).chain(["AACVCA00001"])

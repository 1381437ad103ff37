"""Against the examples of IATA Resolution 792 attachment B (versions 5 and 6), and passes as airlines print them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatehouse.kernel.errors import UnreadableError
from gatehouse.workstations.boarding_pass import boarding_pass_of, parse_boarding_pass

SECURITY = "GIWVC5EH7JNT684FVNJ91W2QA4DVN5J8K4F0L0GEQ3DF5TGBN8709HKT5D3DW3GBHFCVHMY7J5T6HFR41W2QA4DVN5J8K4F0L0GE"
MANDATORY = "M1DESMARAIS/LUC       EABC123 YULFRAAC 0834 326J001A0025 100"
ALL_FIELDS = (
    "M1DESMARAIS/LUC       EAB12C3 YULFRAAC 0834 326J003A0027 167>5321WW1325BAC 001412345600200141234670010014123478901"
    "2A0141234567890 1AC AC 1234567890123    4PCYLX58Z^108ABCDEFGH"
)
TWO_LEGS = (
    "M2DESMARAIS/LUC       EABC123 YULFRAAC 0834 226F001A0025 14D>6181WW6225BAC 00141234560032A0141234567890 1AC AC "
    "1234567890123    20KYLX58ZDEF456 FRAGVALH 3664 227C012C0002 12E2A0140987654321 1AC AC 1234567890123    2PCNWQ^164"
) + SECURITY
VERSION_8 = (
    "M1MUSTERMANN/ERIKA    EX4TE6N ZRHHAMLX 1056 049Y030F0117 377>8320 W    BLX"
    "                                        2A72400000000000 LX LH 992000000000000     Y*30600000K09  LHS    "
)
ON = date(2016, 8, 12)


def test_a_pass_with_mandatory_items_alone() -> None:
    found = parse_boarding_pass(MANDATORY, on=date(2009, 11, 20))
    assert (found.surname, found.given_names, found.electronic_ticket) == ("DESMARAIS", "LUC", True)
    assert (found.version, found.issued_on, found.security_data) == (None, None, "")
    [leg] = found.legs
    assert (leg.pnr, leg.from_airport, leg.to_airport, leg.conveyance) == ("ABC123", "YUL", "FRA", "AC 834")
    assert (leg.day_of_year, leg.flight_date) == (326, date(2009, 11, 22))
    assert (leg.compartment, leg.seat, leg.check_in_sequence, leg.passenger_status) == ("J", "001A", "0025", "1")
    assert (leg.fast_track, leg.airline_data) == (None, "")


def test_a_pass_with_every_item() -> None:
    found = parse_boarding_pass(ALL_FIELDS, on=date(2011, 11, 21))
    assert (found.version, found.passenger_description, found.source_of_check_in) == (5, "1", "W")
    assert (found.source_of_issuance, found.issued_on) == ("W", date(2011, 11, 21))
    assert (found.document_type, found.issuer) == ("B", "AC")
    assert found.baggage_tags == ("0014123456002", "0014123467001", "0014123478901")
    assert (found.security_type, found.security_data) == ("1", "ABCDEFGH")
    [leg] = found.legs
    assert (leg.airline_numeric_code, leg.document_number, leg.selectee) == ("014", "1234567890", "")
    assert (leg.international_document_verification, leg.marketing_carrier) == ("1", "AC")
    assert (leg.frequent_flyer_airline, leg.frequent_flyer_number) == ("AC", "1234567890123")
    assert (leg.free_baggage_allowance, leg.fast_track, leg.airline_data) == ("4PC", True, "LX58Z")


def test_a_pass_of_two_legs_with_security_data() -> None:
    found = parse_boarding_pass(TWO_LEGS, on=ON)
    assert (found.version, found.issued_on, found.baggage_tags) == (6, date(2016, 8, 12), ("0014123456003",))
    assert [leg.conveyance for leg in found.legs] == ["AC 834", "LH 3664"]
    assert [leg.flight_date for leg in found.legs] == [date(2016, 8, 13), date(2016, 8, 14)]
    assert [leg.fast_track for leg in found.legs] == [True, False]
    assert [leg.airline_data for leg in found.legs] == ["LX58Z", "WQ"]
    assert (found.security_type, found.security_data) == ("1", SECURITY)


def test_a_pass_of_version_8_with_blank_items() -> None:
    found = parse_boarding_pass(VERSION_8, on=date(2023, 2, 18))
    assert (found.version, found.source_of_check_in, found.issued_on, found.baggage_tags) == (8, "", None, ())
    [leg] = found.legs
    assert (leg.flight_date, leg.airline_numeric_code, leg.selectee) == (date(2023, 2, 18), "724", "0")
    assert leg.airline_data == "*30600000K09  LHS    "


@pytest.mark.parametrize("version", range(1, 9))
def test_every_version_is_read_and_no_other(version: int) -> None:
    text = TWO_LEGS.replace(">6", f">{version}")
    assert parse_boarding_pass(text, on=ON).version == version
    with pytest.raises(UnreadableError, match="version 9 of the boarding pass is not known"):
        parse_boarding_pass(TWO_LEGS.replace(">6", ">9"), on=ON)


@pytest.mark.parametrize(
    ("day", "on", "resolved"),
    [
        ("001", date(2026, 12, 31), date(2027, 1, 1)),
        ("365", date(2027, 1, 2), date(2026, 12, 31)),
        ("366", date(2025, 1, 1), date(2024, 12, 31)),
        ("366", date(2026, 6, 1), None),
        ("060", date(2024, 2, 1), date(2024, 2, 29)),
        ("060", date(2025, 2, 1), date(2025, 3, 1)),
        ("000", date(2025, 2, 1), None),
        ("   ", date(2025, 2, 1), None),
    ],
)
def test_a_day_of_the_year_is_resolved_to_the_nearest_year(day: str, on: date, resolved: date | None) -> None:
    [leg] = parse_boarding_pass(MANDATORY.replace(" 326", f" {day}"), on=on).legs
    assert leg.flight_date == resolved


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "ends within its format"),
        ("P<UTOERIKSSON", "does not begin with M"),
        ("S" + MANDATORY[1:], "does not begin with M"),
        ("M5" + MANDATORY[2:], "one to four legs, not 5"),
        ("M0" + MANDATORY[2:], "one to four legs, not 0"),
        ("MX" + MANDATORY[2:], "number of legs of the boarding pass is no number"),
        (MANDATORY[:-1], "ends within its size of the variable field"),
        (MANDATORY[:-2] + "ZZ", "size of the variable field of the boarding pass is no number: ZZ"),
        (MANDATORY[:-2] + "0A>5", "ends within its variable field"),
        (MANDATORY[:-2] + "02XX", "do not begin with >"),
        (MANDATORY.replace("326", "3A6"), "no day of a year: 3A6"),
        (MANDATORY + "+", "is no security data"),
        (MANDATORY + "^100+", "goes on after its security data"),
        (MANDATORY + "^108ABC", "ends within its security data"),
        ("M2" + MANDATORY[2:], "ends within its PNR code"),
        ("M" * 2001, "at most 2000 characters"),
    ],
)
def test_what_is_no_pass_is_one_clear_error(text: str, said: str) -> None:
    with pytest.raises(UnreadableError, match=said):
        parse_boarding_pass(text, on=ON)
    assert boarding_pass_of(text, on=ON) is None


def test_a_console_gets_plain_data() -> None:
    content = boarding_pass_of(TWO_LEGS, on=ON)
    assert content is not None
    assert content["issued_on"] == "2016-08-12"
    assert [leg["flight_date"] for leg in content["legs"]] == ["2016-08-13", "2016-08-14"]
    assert content["legs"][1]["conveyance"] == "LH 3664"


@given(st.integers(0, len(TWO_LEGS) - 1), st.characters(max_codepoint=0xFF))
def test_a_damaged_pass_is_read_or_refused_and_nothing_else(place: int, character: str) -> None:
    boarding_pass_of(TWO_LEGS[:place] + character + TWO_LEGS[place + 1 :], on=ON)


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused_and_nothing_else(text: str) -> None:
    boarding_pass_of(text, on=ON)
    boarding_pass_of("M1" + text, on=ON)

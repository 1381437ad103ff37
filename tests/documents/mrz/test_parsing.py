from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.conformance import conformance
from tests.documents.mrz import specimens

from gatehouse.documents.lds import dg1
from gatehouse.documents.mrz import Mrz, check_digit, parse_mrz
from gatehouse.documents.mrz.formats import FORMATS
from gatehouse.kernel.errors import UnreadableError

ON = date(2026, 11, 22)
THREE = {"document_number": True, "birth_date": True, "expiry_date": True}


def read(text: str) -> Mrz:
    return parse_mrz(text, on=ON)


def with_char(text: str, line: int, position: int, char: str) -> str:
    """The text with another character at a position (line and position from 1)."""
    lines = text.split("\n")
    lines[line - 1] = lines[line - 1][: position - 1] + char + lines[line - 1][position:]
    return "\n".join(lines)


ERIKSSON: dict[str, Any] = {
    "issuer": "UTO",
    "surname": "ERIKSSON",
    "given_names": "ANNA MARIA",
    "nationality": "UTO",
    "sex": "F",
}
CARD = {
    "document_code": "I",
    "document_number": "D23145890",
    "birth_date": "1974-08-12",
    "expiry_date": "2012-04-15",
    "optional_data": "",
    "checks": {**THREE, "composite": True},
    "valid": True,
}
VISA = {
    "document_code": "V",
    "document_number": "L898902C",
    "birth_date": "1969-08-06",
    "expiry_date": "1994-06-23",
    "checks": THREE,
    "valid": True,
}
STEVENSON = {
    "document_code": "I",
    "issuer": "UTO",
    "document_number": "D23145890734",
    "surname": "STEVENSON",
    "given_names": "PETER JOHN",
    "nationality": "UTO",
    "birth_date": "1934-07-12",
    "sex": "M",
    "expiry_date": "1995-07-12",
    "optional_data": "",
    "checks": {**THREE, "composite": True},
    "valid": True,
}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            specimens.TD3,
            {
                **ERIKSSON,
                "format": "TD3",
                "document_code": "P",
                "document_number": "L898902C3",
                "birth_date": "1974-08-12",
                "expiry_date": "2012-04-15",
                "optional_data": "ZE184226B",
                "checks": {**THREE, "optional_data": True, "composite": True},
                "valid": True,
            },
        ),
        (specimens.TD1, {**ERIKSSON, **CARD, "format": "TD1", "optional_data_2": ""}),
        (specimens.TD2, {**ERIKSSON, **CARD, "format": "TD2"}),
        (specimens.MRV_A, {**ERIKSSON, **VISA, "format": "MRV-A", "optional_data": "ZE184226B"}),
        (specimens.MRV_B, {**ERIKSSON, **VISA, "format": "MRV-B", "optional_data": "ZE184226"}),
        (specimens.TD1_LONG, {**STEVENSON, "format": "TD1", "optional_data_2": ""}),
        (specimens.TD2_LONG, {**STEVENSON, "format": "TD2"}),
    ],
)
def test_specimens(text: str, expected: dict[str, Any]) -> None:
    assert read(text).as_dict() == expected


def test_the_zone_of_a_real_chip() -> None:
    data = conformance("documents/specimen-bsi-2008/EF_DG1.bin").read_bytes()
    zone = read(dg1.read(data).mrz)
    assert zone[2:6] == ("D", "C11T002JM", "MUSTERMANN", "ERIKA")
    assert (zone.birth_date, zone.expiry_date, zone.valid) == ("1996-08-12", "2013-10-31", True)


def test_the_keys_stand_in_the_order_of_the_contract() -> None:
    assert list(read(specimens.TD1).as_dict()) == [
        *("format", "document_code", "issuer", "document_number", "surname", "given_names", "nationality"),
        *("birth_date", "sex", "expiry_date", "optional_data", "optional_data_2", "checks", "valid"),
    ]


@pytest.mark.parametrize("name", specimens.ALL)
def test_lines_may_be_joined_or_end_in_any_way(name: str) -> None:
    text = specimens.ALL[name]
    expected = read(text)
    assert expected.lines == tuple(text.split("\n"))
    for same in (text.replace("\n", ""), text.replace("\n", "\r\n") + "\r\n", f"\n  {text} \t\n\n"):
        assert read(same) == expected


def test_the_first_letter_decides_between_a_visa_and_another_document() -> None:
    assert read(with_char(specimens.MRV_A, 1, 1, "P")).format == "TD3"
    assert read(with_char(specimens.MRV_B, 1, 1, "I")).format == "TD2"


@pytest.mark.parametrize("check", ["<", "0"])
def test_the_check_digit_of_unused_optional_data_may_be_a_filler(check: str) -> None:
    zone = read(with_char(specimens.TD3_NO_PERSONAL_NUMBER, 2, 43, check))
    assert zone.valid
    assert zone.optional_data == ""


def test_the_check_digit_of_used_optional_data_may_not_be_a_filler() -> None:
    zone = read(with_char(specimens.TD3, 2, 43, "<"))
    assert zone.checks == {**THREE, "optional_data": False, "composite": False}
    assert not zone.valid


def test_optional_data_may_follow_a_long_number() -> None:
    zone = read(specimens.TD1_LONG.replace("7349<<<", "7349<AB"))
    assert (zone.document_number, zone.optional_data) == ("D23145890734", "AB")
    assert zone.checks == {**THREE, "composite": False}


def test_a_long_number_may_fill_the_optional_data() -> None:
    number = "D23145890" + "7" * 13
    zone = read(specimens.TD1_LONG.replace("7349<<<<<<<<<<<", "7" * 13 + check_digit(number) + "<"))
    assert (zone.document_number, zone.checks["document_number"]) == (number, True)


@pytest.mark.parametrize("optional_data", ["<" * 15, "7" + "<" * 14])
def test_a_long_number_that_does_not_go_on_fails_its_check(optional_data: str) -> None:
    zone = read(specimens.TD1_LONG.replace("7349<<<<<<<<<<<", optional_data))
    assert zone.document_number == "D23145890"
    assert zone.optional_data == optional_data.strip("<")
    assert not zone.checks["document_number"]


def test_a_passport_has_no_long_number() -> None:
    zone = read(with_char(specimens.TD3, 2, 10, "<"))
    assert (zone.document_number, zone.checks["document_number"]) == ("L898902C3", False)


def with_birth(yymmdd: str) -> str:
    """A visa, which has no composite check digit, with another date of birth and its right check digit."""
    return specimens.MRV_B.replace("6908061", yymmdd + check_digit(yymmdd))


@pytest.mark.parametrize(
    ("yymmdd", "birth_date"),
    [("69<<<<", "1969"), ("6908<<", "1969-08"), ("<<<<<<", None), ("261123", "1926-11-23"), ("261122", "2026-11-22")],
)
def test_partly_unknown_dates_and_the_century(yymmdd: str, birth_date: str | None) -> None:
    zone = read(with_birth(yymmdd))
    assert (zone.birth_date, zone.valid) == (birth_date, True)


@pytest.mark.parametrize("yymmdd", ["691301", "690230", "6908O6", "<9<806"])
def test_an_impossible_date_fails_its_check_though_the_digit_is_right(yymmdd: str) -> None:
    zone = read(with_birth(yymmdd))
    assert (zone.birth_date, zone.checks) == (None, {**THREE, "birth_date": False})
    assert zone.document_number == "L898902C"


@pytest.mark.parametrize(("printed", "sex"), [("F", "F"), ("M", "M"), ("<", "X"), ("X", "X")])
def test_sex(printed: str, sex: str) -> None:
    assert read(with_char(specimens.TD3, 2, 21, printed)).sex == sex


def test_a_state_code_may_be_shorter_than_three_letters() -> None:
    assert read(specimens.TD3.replace("UTO", "D<<")).issuer == "D"


def test_a_name_that_fills_its_field_may_be_truncated() -> None:
    name = "NILAVADHANANANDA<<CHAYAPA<DEJTHAMRONG<K"  # 9303-4 4.2.3.2
    zone = read(specimens.TD3.replace("ERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", name))
    assert (zone.surname, zone.given_names) == ("NILAVADHANANANDA", "CHAYAPA DEJTHAMRONG K")
    assert zone.name_may_be_truncated
    assert not read(specimens.TD3).name_may_be_truncated


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "^lines of 0 characters are no machine readable zone, which has 3 of 30, 2 of 36 or 2 of 44$"),
        (specimens.TD3[:-1], "^lines of 44, 43 characters are no"),
        (specimens.TD3 + "<", "^lines of 44, 45 characters are no"),
        (specimens.TD3 + "\n<", "^lines of 44, 44, 1 characters are no"),
        (specimens.TD3[:44], "^lines of 44 characters are no"),
        ("x " * 100_000, "^lines of 1, 1, 1, 199994 characters are no"),
        (specimens.TD3.lower(), "character 1 of the machine readable zone is 'p'; only A-Z, 0-9 and < stand there"),
        (with_char(specimens.TD3, 2, 1, "É"), "character 45 of the machine readable zone is '\\\\xc9'; "),
        (with_char(specimens.TD3, 2, 21, "Q"), "^sex of a TD3 cannot be Q$"),
        (with_char(specimens.TD3, 1, 6, "3"), "^name of a TD3 cannot be 3RIKSSON<<ANNA<MARIA<"),
        (with_char(specimens.TD3, 1, 4, "<"), "^issuer of a TD3 cannot be U<O$"),
        (with_char(specimens.TD3, 2, 11, "0"), "^nationality of a TD3 cannot be 0TO$"),
        (with_char(specimens.TD3, 1, 1, "<"), "^document_code of a TD3 cannot be <<$"),
    ],
)
def test_what_is_no_machine_readable_zone_is_refused_in_one_line(text: str, message: str) -> None:
    with pytest.raises(UnreadableError, match=message) as caught:
        read(text)
    assert "\n" not in str(caught.value)


VALUE = {char: int(char, 36) % 10 for char in "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"} | {"<": 0}
CHECKED = {"TD1": [(6, 37), (39, 45), (49, 60)], "TD2": [(37, 46), (50, 56), (58, 72)]}
CHECKED |= {"TD3": [(45, 54), (58, 64), (66, 88)], "MRV-A": [(45, 54), (58, 64), (66, 72)]}
CHECKED |= {"MRV-B": [(37, 46), (50, 56), (58, 64)]}


@given(name=st.sampled_from(sorted(specimens.ALL)), data=st.data())
def test_another_character_under_a_check_digit_is_found(name: str, data: st.DataObject) -> None:
    """But for one of the same value modulo 10, which no check digit tells apart."""
    text = specimens.ALL[name].replace("\n", "")
    ranges = CHECKED[read(text).format]
    place = data.draw(st.sampled_from([at - 1 for first, last in ranges for at in range(first, last + 1)]))
    char = data.draw(st.sampled_from([char for char in VALUE if VALUE[char] != VALUE[text[place]]]))
    assert not read(text[:place] + char + text[place + 1 :]).valid


LINES = st.sampled_from([30, 36, 44]).flatmap(
    lambda width: st.text("ABCXYZ019<VP", min_size=2 * width, max_size=3 * width)
)


@given(st.text(max_size=200) | LINES)
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        zone = read(text)
    except UnreadableError:
        return
    assert zone.format in FORMATS


@given(st.sampled_from(sorted(specimens.ALL)), st.integers(0, 89), st.characters())
def test_any_character_anywhere_is_read_or_refused(name: str, place: int, char: str) -> None:
    text = specimens.ALL[name].replace("\n", "")
    try:
        zone = read(text[:place] + char + text[place + 1 :])
    except UnreadableError:
        return
    assert zone.sex in {"F", "M", "X"}

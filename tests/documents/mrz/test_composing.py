from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.documents.mrz import specimens

from gatehouse.documents.mrz import compose_mrz, parse_mrz
from gatehouse.documents.mrz.formats import FORMATS
from gatehouse.kernel.errors import UnreadableError

ON = date(2026, 11, 22)


@pytest.mark.parametrize("name", specimens.ALL)
def test_composing_what_was_read_gives_the_specimen_again(name: str) -> None:
    elements = parse_mrz(specimens.ALL[name], on=ON).as_dict()
    del elements["checks"], elements["valid"]
    assert compose_mrz(elements.pop("format"), **elements) == specimens.ALL[name]


def elements(**changes: Any) -> dict[str, Any]:
    return {
        "document_code": "P",
        "issuer": "UTO",
        "document_number": "L898902C3",
        "surname": "Ериксон",
        "given_names": "Ана-Мария",
        "nationality": "UTO",
        "birth_date": "1974-08",
        "sex": "X",
        "expiry_date": "2032-04-15",
        **changes,
    }


def test_names_are_transliterated_and_blanks_in_numbers_are_fillers() -> None:
    lines = compose_mrz("TD3", **elements(optional_data="ab-12 3")).split("\n")
    assert lines[0] == "P<UTOERIKSON<<ANA<MARIIA<<<<<<<<<<<<<<<<<<<<"
    assert lines[1][:43] == "L898902C36UTO7408<<7<3204153AB<12<3<<<<<<<7"


@pytest.mark.parametrize(
    ("format_name", "changes", "message"),
    [
        ("TD4", {}, "TD4 is no format"),
        ("TD3", {"document_number": "1234567890"}, "document_number has 10 characters, and there is room for 9"),
        ("TD2", {"document_number": "123456789012345"}, "optional_data has 8 characters, and there is room for 7"),
        ("MRV-A", {}, "this cannot be written as a MRV-A: P<UTO"),
        ("TD3", {"sex": "W"}, "this cannot be written as a TD3: "),
        ("TD3", {"sex": ""}, "this cannot be written as a TD3: "),
        ("TD3", {"issuer": "UT0"}, "this cannot be written as a TD3: "),
        ("TD3", {"optional_data_2": "A"}, "optional_data_2 has 1 characters, and there is room for 0"),
        ("TD3", {"document_number": "Ж1"}, "'\\\\u04161' cannot be written in A-Z and 0-9"),
        ("TD3", {"birth_date": "12.8.1974"}, "12.8.1974 is no date"),
    ],
)
def test_what_cannot_be_written_is_refused(format_name: str, changes: dict[str, Any], message: str) -> None:
    with pytest.raises(UnreadableError, match=message):
        compose_mrz(format_name, **elements(**changes))


LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
NUMBERS = LETTERS + "0123456789"
COMPONENTS = st.lists(st.text(LETTERS, min_size=1, max_size=5), min_size=1, max_size=2).map(" ".join)
BIRTHS = st.dates(date(1926, 11, 23), ON).map(date.isoformat)
EXPIRIES = st.dates(date(1976, 1, 1), date(2075, 12, 31)).map(date.isoformat)


def cut(iso: str) -> st.SearchStrategy[str | None]:
    """A date as known in full, to the month, to the year, or not at all. An incomplete one of the first year could
    be of the last."""
    return st.sampled_from([iso, iso[:7], iso[:4], None] if not iso.startswith("1926") else [iso, None])


@given(data=st.data())
def test_what_was_composed_reads_back(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(FORMATS)))
    longest = {"TD1": 22, "TD2": 14}.get(name, 9)
    given_elements: dict[str, Any] = {
        "document_code": "V" if name.startswith("MRV") else "I",
        "issuer": data.draw(st.text(LETTERS, min_size=1, max_size=3)),
        "document_number": data.draw(st.text(NUMBERS, min_size=1, max_size=longest)),
        "surname": data.draw(COMPONENTS),
        "given_names": data.draw(COMPONENTS | st.just("")),
        "nationality": data.draw(st.text(LETTERS, max_size=3)),
        "birth_date": data.draw(BIRTHS.flatmap(cut)),
        "sex": data.draw(st.sampled_from("FMX")),
        "expiry_date": data.draw(EXPIRIES.flatmap(cut)),
        "optional_data": "",
    }
    if len(given_elements["document_number"]) <= 9:
        given_elements["optional_data"] = data.draw(st.text(NUMBERS, max_size=7))
    text = compose_mrz(name, **given_elements)
    zone = parse_mrz(text, on=ON)
    assert zone.valid
    assert "\n".join(zone.lines) == text
    assert {key: getattr(zone, key) for key in given_elements} == given_elements

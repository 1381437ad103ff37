from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatehouse.documents.ber import DEEPEST, MOST_ELEMENTS, definite, element, encoded, fields, number
from gatehouse.documents.tlv import compose
from gatehouse.kernel.errors import UnreadableError


@pytest.mark.parametrize(
    ("read", "expected"),
    [
        ("3003020105", "3003020105"),
        ("30800201050000", "3003020105"),
        ("308030800201050000020106" + "0000", "30083003020105020106"),
        ("2480" + "040141" + "040142" + "0000", "04024142"),
        ("2406" + "040141" + "040142", "04024142"),
        ("a080" + "2480" + "0402ffff" + "0000" + "0000", "a0040402ffff"),
        # A length in more octets than it needs stays as it was: only what is indefinite is written anew.
        ("30820003020105", "30820003020105"),
        ("3003020105" + "0000", "3003020105"),
    ],
)
def test_indefinite_lengths_and_segments_become_definite(read: str, expected: str) -> None:
    assert definite(bytes.fromhex(read)).hex() == expected


@pytest.mark.parametrize(
    "read", ["", "30", "3005020105", "3080020105", "0480", "3082", "2403020105", "1f81818101", "30840fffffff00"]
)
def test_what_is_cut_off_or_malformed_is_unreadable(read: str) -> None:
    with pytest.raises(UnreadableError):
        definite(bytes.fromhex(read))


@pytest.mark.parametrize("data", [b"\x30\x80" * (DEEPEST + 2), b"\x30\x80" + b"\x05\x00" * MOST_ELEMENTS + b"\0\0"])
def test_too_deep_or_too_many_is_unreadable(data: bytes) -> None:
    with pytest.raises(UnreadableError, match="nested too deep, or too many"):
        definite(data)


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_unreadable_and_the_form_is_stable(data: bytes) -> None:
    try:
        form = definite(data)
    except UnreadableError:
        return
    assert definite(form) == form


def test_fields_of_a_sequence_by_their_tags() -> None:
    data = compose(0x30, b"\x02\x01\x07", b"\x30\x00", b"\x05\x00")
    integer, absent, inner = fields(data, element(data), 0x02, -0xA0, -0x30)
    assert (number(data, integer), encoded(data, absent), absent.tag, encoded(data, inner)) == (7, b"", 0, b"\x30\x00")
    with pytest.raises(ValueError, match="sequence at byte 0 lacks a 03"):
        fields(data, element(data), 0x02, 0x03)
    with pytest.raises(ValueError, match="lacks a 04"):
        fields(data, element(data), 0x02, 0x30, 0x05, 0x04)

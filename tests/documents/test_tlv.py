"""Data objects: read as far as they are there, refused where they are not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatehouse.documents.tlv import DEEPEST, Tlv, compose, outermost, walk
from gatehouse.kernel.errors import UnreadableError


def test_an_object_keeps_the_bytes_it_was_read_from() -> None:
    data = bytes.fromhex("7F610302010000")
    found = outermost(data, 0x7F61)
    assert (found.tag, bytes(found.value), bytes(found.raw)) == (0x7F61, b"\x02\x01\x00", data[:6])
    assert found.raw.obj is data


def test_objects_are_found_by_their_path() -> None:
    file = outermost(compose(0x75, compose(0x7F61, compose(0x02, b"\x01"), compose(0x7F60, b""))), 0x75)
    assert file.need(0x7F61, 0x02).number() == 1
    assert file.find(0x7F61, 0x5F2E) is None
    with pytest.raises(UnreadableError, match=r"^data object 75 lacks 7F61 5F2E$"):
        file.need(0x7F61, 0x5F2E)


@pytest.mark.parametrize("size", [0, 127, 128, 255, 256, 65535, 65536])
def test_lengths_of_every_form_come_back(size: int) -> None:
    content = bytes(size)
    assert bytes(outermost(compose(0x5F1F, content), 0x5F1F).value) == content


def test_zeros_between_objects_are_padding() -> None:
    assert [found.tag for found in walk(bytes.fromhex("0000020101000002010200"))] == [2, 2]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ("", "the file is empty"),
        ("61", "the length of a data object is cut off"),
        ("6182", "the length of a data object is cut off"),
        ("618201", "the length of a data object is cut off"),
        ("6105010203", "data object 61 is cut off: 5 bytes announced, 3 there"),
        ("6184FFFFFFFF00", "data object 61 is cut off: 4294967295 bytes announced, 1 there"),
        ("6185000000000100", "the length of a data object is indefinite or too long"),
        ("6180000000", "the length of a data object is indefinite or too long"),
        ("7F", "the tag of a data object is cut off or too long"),
        ("7F8181818101", "the tag of a data object is cut off or too long"),
        ("7500", "the file begins with tag 75 instead of 61"),
    ],
)
def test_what_is_cut_off_or_something_else_is_refused(data: str, reason: str) -> None:
    with pytest.raises(UnreadableError) as refused:
        outermost(bytes.fromhex(data), 0x61)
    assert str(refused.value) == reason


def test_endless_nesting_is_refused() -> None:
    data = b""
    for _ in range(DEEPEST + 2):
        data = compose(0x30, data)
    found = outermost(data, 0x30)
    with pytest.raises(UnreadableError, match=r"^data objects are nested more than 24 deep$"):
        found.need(*[0x30] * (DEEPEST + 1))


@pytest.mark.parametrize(("content", "number"), [("00", 0), ("7F", 127), ("FF", -1), ("0100", 256)])
def test_numbers_are_signed(content: str, number: int) -> None:
    assert outermost(compose(0x02, bytes.fromhex(content)), 0x02).number() == number


@pytest.mark.parametrize("content", [b"", bytes(9)])
def test_a_number_has_one_to_eight_octets(content: bytes) -> None:
    with pytest.raises(UnreadableError):
        outermost(compose(0x02, content), 0x02).number()


@given(st.binary(max_size=200))
def test_any_bytes_give_objects_within_them_or_an_error(data: bytes) -> None:
    total = 0
    try:
        for found in walk(data):
            total += len(found.raw)
            _descend(found)
    except UnreadableError:
        pass
    assert total <= len(data)


def _descend(found: Tlv) -> None:
    for child in found.children():
        assert len(child.raw) <= len(found.value)
        _descend(child)

"""What the specimen does not show: other encodings, absent parts, broken ones."""

from __future__ import annotations

import pytest

from gatehouse.documents.lds import com, dg1, dg3, dg7, dg11, dg12
from gatehouse.documents.tlv import compose
from gatehouse.kernel.errors import UnreadableError


def test_com_may_leave_out_its_versions() -> None:
    assert com.read(compose(0x60)) == com.Com(None, None, ())


def test_com_versions_that_are_no_numbers_are_refused() -> None:
    with pytest.raises(UnreadableError, match=r"^1\.7 is no version number$"):
        com.read(compose(0x60, compose(0x5F01, b"1.7")))


@pytest.mark.parametrize(("size", "lines"), [(90, 3), (72, 2), (88, 2)])
def test_dg1_of_every_size(size: int, lines: int) -> None:
    assert len(dg1.read(compose(0x61, compose(0x5F1F, b"<" * size))).lines) == lines


@pytest.mark.parametrize("zone", [b"", b"<" * 89, b"\n" * 88, b"\xc4" * 88])
def test_dg1_of_another_length_or_alphabet_is_refused(zone: bytes) -> None:
    with pytest.raises(UnreadableError):
        dg1.read(compose(0x61, compose(0x5F1F, zone)))


def test_dg3_may_hold_no_finger() -> None:
    empty = compose(0x63, compose(0x7F61, compose(0x02, b"\0")), compose(0x53, b"random"))
    assert dg3.read(empty) == dg3.Dg3(0, ())


@pytest.mark.parametrize(
    ("subtype", "position"), [(0x05, "right thumb"), (0x16, "left little"), (0x01, "right"), (0x00, None)]
)
def test_dg3_positions_and_the_later_record_format(subtype: int, position: str | None) -> None:
    header = compose(0xA1, compose(0x82, bytes([subtype])))
    template = compose(0x7F60, header, compose(0x7F2E, b"closed"))
    read = dg3.read(compose(0x63, compose(0x7F61, compose(0x02, b"\1"), template)))
    assert read.fingers == (dg3.Finger(position, "ISO/IEC 39794-4", size=6),)


def test_dg7_with_something_else_than_an_image_is_refused() -> None:
    with pytest.raises(UnreadableError, match="neither JPEG nor JPEG 2000"):
        dg7.read(compose(0x67, compose(0x02, b"\1"), compose(0x5F43, b"signature")))


@pytest.mark.parametrize(
    ("stored", "date"),
    [
        (b"19960812", "1996-08-12"),
        (bytes.fromhex("19960812"), "1996-08-12"),
        (b"19960800", "1996-08"),
        (b"199608<<", "1996-08"),
        (b"19960000", "1996"),
        (b"00000000", None),
    ],
)
def test_dg11_dates_in_digits_or_packed_and_partly_unknown(stored: bytes, date: str | None) -> None:
    assert dg11.read(compose(0x6B, compose(0x5F2B, stored))).birth_date == date


@pytest.mark.parametrize("stored", [b"", b"1996", b"1996-8-1", bytes.fromhex("1996081F")])
def test_dg11_dates_of_another_form_are_refused(stored: bytes) -> None:
    with pytest.raises(UnreadableError):
        dg11.read(compose(0x6B, compose(0x5F2B, stored)))


@pytest.mark.parametrize(("encoding", "name"), [("utf-8", "王小明"), ("latin-1", "Müller")])
def test_dg11_names_in_national_characters(encoding: str, name: str) -> None:
    assert dg11.read(compose(0x6B, compose(0x5F0E, name.encode(encoding)))).full_name == name


def test_dg11_and_dg12_may_be_empty() -> None:
    assert dg11.read(compose(0x6B)) == dg11.Dg11()
    assert dg12.read(compose(0x6C)) == dg12.Dg12()


def test_dg12_personalisation_in_digits() -> None:
    read = dg12.read(compose(0x6C, compose(0x5F55, b"20261122170500")))
    assert read.personalised == "2026-11-22T17:05:00"

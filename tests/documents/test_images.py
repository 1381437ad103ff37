"""Images out of a chip: known by their bytes, bounded before they are decoded."""

from __future__ import annotations

import struct
from contextlib import suppress
from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image
from tests.conformance import conformance

from gatehouse.documents.images import ImageFacts, ImageFormat, displayable, inspect
from gatehouse.kernel.errors import UnreadableError


def drawn(image_format: str, size: tuple[int, int] = (30, 40), mode: str = "RGB") -> bytes:
    out = BytesIO()
    Image.new(mode, size, 100).save(out, image_format)
    return out.getvalue()


@pytest.mark.parametrize(("written", "found"), [("JPEG", ImageFormat.JPEG), ("JPEG2000", ImageFormat.JPEG_2000)])
@pytest.mark.parametrize("mode", ["RGB", "L"])
def test_format_and_size_are_the_images_own(written: str, found: ImageFormat, mode: str) -> None:
    data = drawn(written, mode=mode)
    assert inspect(data) == ImageFacts(found, 30, 40)
    assert inspect(displayable(data)) == ImageFacts(ImageFormat.JPEG, 30, 40)


def test_a_bare_codestream_is_jpeg_2000() -> None:
    data = drawn("JPEG2000")
    assert inspect(data[data.index(bytes.fromhex("FF4FFF51")) :]) == ImageFacts(ImageFormat.JPEG_2000, 30, 40)


def test_the_specimens_face_can_be_shown() -> None:
    data = conformance("documents/face-39794/ICAO_39794_5_AP_Face.jpg").read_bytes()
    assert inspect(data) == ImageFacts(ImageFormat.JPEG_2000, 413, 531)
    assert inspect(displayable(data)) == ImageFacts(ImageFormat.JPEG, 413, 531)


def test_what_is_shown_carries_no_metadata() -> None:
    out = BytesIO()
    Image.new("RGB", (8, 8)).save(out, "JPEG", comment=b"hidden words")
    assert b"hidden words" in out.getvalue()
    assert b"hidden words" not in displayable(out.getvalue())


@pytest.mark.parametrize("data", [b"", b"text", bytes(100), b"\x89PNG\r\n\x1a\n", b"GIF89a"])
def test_other_formats_are_refused(data: bytes) -> None:
    with pytest.raises(UnreadableError, match="neither JPEG nor JPEG 2000"):
        inspect(data)


def test_a_bomb_is_refused_before_it_is_decoded() -> None:
    data = bytearray(drawn("JPEG"))
    size = data.index(b"\xff\xc0") + 5
    data[size : size + 4] = struct.pack(">HH", 65000, 65000)
    with pytest.raises(UnreadableError, match=r"^an image of 65000 x 65000 pixels is not read$"):
        displayable(bytes(data))


def test_a_codestream_larger_than_its_box_says_is_refused() -> None:
    data = bytearray(drawn("JPEG2000"))
    size = data.index(bytes.fromhex("FF4FFF51")) + 8
    data[size : size + 8] = struct.pack(">II", 60000, 60000)
    with pytest.raises(UnreadableError, match=r"^an image of 60000 x 60000 pixels is not read$"):
        displayable(bytes(data))


def test_a_codestream_of_countless_tiles_is_refused() -> None:
    data = bytearray(drawn("JPEG2000"))
    tiles = data.index(bytes.fromhex("FF4FFF51")) + 24
    data[tiles : tiles + 8] = struct.pack(">II", 1, 1)
    with pytest.raises(UnreadableError, match=r"^the image is cut into more than 256 tiles$"):
        displayable(bytes(data))


def test_an_image_of_too_many_bytes_is_refused() -> None:
    with pytest.raises(UnreadableError, match="larger than 4096 KiB"):
        inspect(b"\xff\xd8\xff" + bytes(4 * 1024 * 1024))


@pytest.mark.parametrize("written", ["JPEG", "JPEG2000"])
def test_an_image_cut_off_in_its_data_cannot_be_shown(written: str) -> None:
    data = drawn(written, (200, 200))
    with pytest.raises(UnreadableError):
        displayable(data[: len(data) // 2])


@settings(max_examples=150, deadline=10_000, suppress_health_check=[HealthCheck.too_slow])
@given(written=st.sampled_from(["JPEG", "JPEG2000"]), change=st.data())
def test_changed_images_are_shown_or_refused(written: str, change: st.DataObject) -> None:
    data = bytearray(drawn(written))
    for at in change.draw(st.lists(st.integers(0, len(data) - 1), min_size=1, max_size=8)):
        data[at] = change.draw(st.integers(0, 255))
    with suppress(UnreadableError):
        assert displayable(bytes(data)).startswith(b"\xff\xd8\xff")

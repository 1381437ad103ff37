from __future__ import annotations

from datetime import date
from io import BytesIO

import numpy as np
import pytest
import zxingcpp
from PIL import Image

from gatehouse.kernel.errors import UnreadableError
from gatehouse.workstations.boarding_pass import parse_boarding_pass, read_symbols
from gatehouse.workstations.boarding_pass.symbols import MOST_BYTES
from gatehouse.workstations.devices import SymbolRead

PASS = "M1DESMARAIS/LUC       EABC123 YULFRAAC 0834 326J001A0025 100"


def picture(symbology: str, *, angle: int = 0, kind: str = "PNG") -> bytes:
    drawn = zxingcpp.create_barcode(PASS, getattr(zxingcpp.BarcodeFormat, symbology)).to_image(scale=4)
    paper = Image.new("L", (1200, 700), 235)
    code = Image.fromarray(np.array(drawn))
    paper.paste(code, (150, 100))
    out = BytesIO()
    paper.rotate(angle, fillcolor=235).save(out, kind)
    return out.getvalue()


@pytest.mark.parametrize("symbology", ["PDF417", "Aztec", "QRCode", "DataMatrix"])
@pytest.mark.parametrize("angle", [0, 3])
def test_a_pass_is_read_from_a_picture(symbology: str, angle: int) -> None:
    [found] = read_symbols(picture(symbology, angle=angle))
    assert found == SymbolRead(symbology, PASS.encode())
    assert parse_boarding_pass(found.data.decode(), on=date(2026, 11, 20)).legs[0].seat == "001A"


def test_a_jpeg_will_do() -> None:
    assert [each.symbology for each in read_symbols(picture("PDF417", kind="JPEG"))] == ["PDF417"]


def test_a_picture_without_a_code_has_none() -> None:
    out = BytesIO()
    Image.new("L", (200, 200), 200).save(out, "PNG")
    assert read_symbols(out.getvalue()) == ()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "cannot be decoded"),
        (b"GIF89a" + bytes(100), "cannot be decoded"),
        (bytes(MOST_BYTES + 1), "more than 8 MiB"),
    ],
)
def test_what_is_no_picture_is_one_clear_error(data: bytes, said: str) -> None:
    with pytest.raises(UnreadableError, match=said):
        read_symbols(data)


def test_a_picture_is_bounded_before_it_is_decoded() -> None:
    out = BytesIO()
    Image.new("1", (8000, 4000)).save(out, "PNG")
    with pytest.raises(UnreadableError, match="8000 x 4000 pixels"):
        read_symbols(out.getvalue())

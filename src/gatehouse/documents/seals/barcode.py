"""The barcodes in a picture: DataMatrix, QR and Aztec, the two-dimensional ones that Doc 9303-13 clause 2.1 names."""

from __future__ import annotations

import struct
from io import BytesIO

import zxingcpp
from PIL.Image import Image
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile

from gatehouse.kernel.errors import UnreadableError

MOST_BYTES = 16 * 1024 * 1024
MOST_PIXELS = 24_000_000
_PNG, _JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"
_FORMATS = (zxingcpp.BarcodeFormat.DataMatrix, zxingcpp.BarcodeFormat.QRCode, zxingcpp.BarcodeFormat.Aztec)
_BROKEN = (OSError, SyntaxError, ValueError, TypeError, KeyError, IndexError, EOFError, struct.error, OverflowError)


def is_picture(data: bytes) -> bool:
    return data.startswith((_PNG, _JPEG))


def contents(data: bytes) -> list[bytes]:
    """What the barcodes in a PNG or JPEG picture hold, in the order they were found.

    Raises `UnreadableError` for a picture that cannot be decoded, or is beyond `MOST_BYTES` or `MOST_PIXELS`; both are
    known from its header, before anything is decoded.
    """
    if len(data) > MOST_BYTES:
        raise UnreadableError("the picture is larger than %(mib)d MiB", mib=MOST_BYTES >> 20)
    reader = PngImageFile if data.startswith(_PNG) else JpegImageFile
    try:
        picture: Image = reader(BytesIO(data))
        if picture.width * picture.height > MOST_PIXELS:
            parts = {"width": picture.width, "height": picture.height}
            raise UnreadableError("a picture of %(width)d x %(height)d pixels is not read", **parts)
        grey = picture.convert("L")
        found = zxingcpp.read_barcodes(grey, formats=zxingcpp.BarcodeFormats(_FORMATS))
    except _BROKEN as error:
        raise UnreadableError("the picture cannot be decoded: %(cause)s", cause=str(error)[:120]) from error
    return [bytes(each.bytes) for each in found]

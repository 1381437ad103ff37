"""Bar codes in a picture: PDF417 on paper; Aztec, QR Code and Data Matrix on a telephone (Resolution 792)."""

from __future__ import annotations

from io import BytesIO

import zxingcpp
from PIL import Image

from gatehouse.kernel.errors import UnreadableError
from gatehouse.workstations.devices import SymbolRead

MOST_BYTES = 8 * 1024 * 1024
MOST_PIXELS = 16_000_000
_FORMATS = [
    zxingcpp.BarcodeFormat.PDF417,
    zxingcpp.BarcodeFormat.Aztec,
    zxingcpp.BarcodeFormat.QRCode,
    zxingcpp.BarcodeFormat.DataMatrix,
]


def read_symbols(picture: bytes) -> tuple[SymbolRead, ...]:
    """The bar codes of a PNG or JPEG picture. Raises `UnreadableError` for a picture that cannot be read."""
    if len(picture) > MOST_BYTES:
        raise UnreadableError("a picture of more than %(mib)d MiB is not searched", mib=MOST_BYTES // 2**20)
    try:
        with Image.open(BytesIO(picture), formats=("PNG", "JPEG")) as image:
            if image.width * image.height > MOST_PIXELS:
                raise UnreadableError(
                    "an image of %(width)d x %(height)d pixels is not read", width=image.width, height=image.height
                )
            grey = image.convert("L")
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise UnreadableError("the picture cannot be decoded: %(cause)s", cause=str(error)) from error
    found = zxingcpp.read_barcodes(grey, formats=zxingcpp.BarcodeFormats(_FORMATS))
    return tuple(SymbolRead(each.format.name, bytes(each.bytes)) for each in found if each.valid)

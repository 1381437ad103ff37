"""Images of a travel document: what they are, by their own bytes, and something a browser can show.

A chip's images are bytes of a stranger: their size is read and bounded before anything is decoded, and what is shown
is always encoded anew.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO

from PIL import Image
from PIL.Jpeg2KImagePlugin import Jpeg2KImageFile
from PIL.JpegImagePlugin import JpegImageFile

from gatehouse.documents.tlv import Octets
from gatehouse.kernel.errors import UnreadableError

MOST_BYTES = 4 * 1024 * 1024
MOST_PIXELS = 8_000_000
#: OpenJPEG reserves memory for every tile before it reads one.
MOST_TILES = 256

_JP2_SIGNATURE = bytes.fromhex("0000000C6A5020200D0A870A")
_CODESTREAM_SIZE = bytes.fromhex("FF4FFF51")  # SOC, SIZ: ISO/IEC 15444-1 annex A
#: What Pillow's readers raise on broken input.
_BROKEN = (OSError, SyntaxError, ValueError, TypeError, KeyError, IndexError, EOFError, struct.error, OverflowError)


class ImageFormat(StrEnum):
    JPEG = "JPEG"
    JPEG_2000 = "JPEG 2000"


@dataclass(frozen=True, slots=True)
class ImageFacts:
    """What an image is by its own bytes; `width` and `height` in pixels."""

    format: ImageFormat
    width: int
    height: int


def detect(data: Octets) -> ImageFormat:
    """The format that the first bytes show. Raises `UnreadableError` for any other than JPEG and JPEG 2000."""
    begin = bytes(data[: len(_JP2_SIGNATURE)])
    if begin.startswith(b"\xff\xd8\xff"):
        return ImageFormat.JPEG
    if begin == _JP2_SIGNATURE or begin.startswith(_CODESTREAM_SIZE):
        return ImageFormat.JPEG_2000
    raise UnreadableError("the image is neither JPEG nor JPEG 2000: it begins with %(begin)s", begin=begin[:4].hex())


def inspect(data: Octets) -> ImageFacts:
    """Format and size, from the headers alone. Raises `UnreadableError` for what is no JPEG or JPEG 2000 image."""
    image_format, image = _open(data)
    return ImageFacts(image_format, image.width, image.height)


def displayable(data: Octets, *, quality: int = 90) -> bytes:
    """The image decoded and encoded anew as a JPEG without metadata.

    Raises `UnreadableError` where it cannot be decoded or is beyond `MOST_BYTES` or `MOST_PIXELS`.
    """
    _, image = _open(data)
    try:
        shown = image.convert("L" if image.mode in {"L", "I;16"} else "RGB")
    except _BROKEN as error:
        raise UnreadableError("the image cannot be decoded: %(cause)s", cause=str(error)) from error
    shown.info.clear()  # comments, profiles and the like, which would be written again
    out = BytesIO()
    shown.save(out, "JPEG", quality=quality)
    return out.getvalue()


def rgb(data: Octets) -> tuple[int, int, bytes]:
    """Width, height, and red, green and blue of each pixel, row by row. Raises `UnreadableError` as `displayable`."""
    _, image = _open(data)
    try:
        shown = image.convert("RGB")
    except _BROKEN as error:
        raise UnreadableError("the image cannot be decoded: %(cause)s", cause=str(error)) from error
    return shown.width, shown.height, shown.tobytes()


def _open(data: Octets) -> tuple[ImageFormat, Image.Image]:
    """The format and the image, its header read and bounded, nothing decoded.

    Pillow's readers are called directly: `Image.open` would try every format and keep its limit in a global.
    """
    if len(data) > MOST_BYTES:
        raise UnreadableError("the image is larger than %(kib)d KiB", kib=MOST_BYTES // 1024)
    image_format = detect(data)
    if image_format is ImageFormat.JPEG_2000:
        _bound_codestream(bytes(data))
    reader = JpegImageFile if image_format is ImageFormat.JPEG else Jpeg2KImageFile
    try:
        image = reader(BytesIO(data))
    except _BROKEN as error:
        raise UnreadableError("the header of the image is broken: %(cause)s", cause=str(error)) from error
    _bound(image.width, image.height)
    return image_format, image


def _bound(width: int, height: int) -> None:
    if width <= 0 or height <= 0 or width * height > MOST_PIXELS:
        raise UnreadableError("an image of %(width)d x %(height)d pixels is not read", width=width, height=height)


def _bound_codestream(data: bytes) -> None:
    """The codestream has a size of its own, which the box around it need not repeat truly."""
    at = data.find(_CODESTREAM_SIZE)
    sizes = data[at + 8 : at + 8 + 32]
    if at < 0 or len(sizes) < 32:
        raise UnreadableError("the image has no JPEG 2000 codestream")
    right, bottom, left, top, tile_width, tile_height, _, _ = struct.unpack(">8I", sizes)
    _bound(right - left, bottom - top)
    if not tile_width or not tile_height or -(-right // tile_width) * -(-bottom // tile_height) > MOST_TILES:
        raise UnreadableError("the image is cut into more than %(tiles)d tiles", tiles=MOST_TILES)

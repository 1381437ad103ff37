"""Face records of ISO/IEC 39794-5:2019 in the application profile of ICAO 9303-10: ASN.1 with implicit tags.

The structure follows the ASN.1 module of ISO/IEC 39794-5; names of its blocks stand beside their tags.
"""

from __future__ import annotations

from collections.abc import Iterator

from gatehouse.documents.images import ImageFormat
from gatehouse.documents.lds.face import Described, Face, Pose, face
from gatehouse.documents.tlv import Tlv
from gatehouse.kernel.errors import UnreadableError

FORMATS = {2: ImageFormat.JPEG, 3: ImageFormat.JPEG_2000, 4: ImageFormat.JPEG_2000}
SEXES = {1: "X", 2: "M", 3: "F"}
EYES = ("", "other", "black", "blue", "brown", "grey", "green", "hazel", "multi-coloured", "pink")
HAIR = ("", "other", "bald", "black", "blonde", "brown", "grey", "white", "red", "coloured")


def read(record: Tlv) -> Iterator[Face | UnreadableError]:
    """The faces of the record in data object 7F2E, an error standing for a face whose image is refused.

    Raises `UnreadableError` where the record itself cannot be followed.
    """
    blocks = record.need(0xA1, 0x65, 0xA1)  # standardised data, FaceImageDataBlock, representationBlocks
    for block in blocks.children():
        yield _face(block)


def _face(block: Tlv) -> Face | UnreadableError:
    image = block.need(0xA1, 0xA0, 0xA0)  # imageRepresentation, base, imageRepresentation2DBlock
    described = _described(block, image.need(0xA1))  # imageInformation2DBlock
    try:
        return face(image.need(0x80).value, described)
    except UnreadableError as error:
        return error


def _described(block: Tlv, information: Tlv) -> Described:
    size = information.find(0xA7)  # imageSizeBlock
    person = block.find(0xA8)  # identityMetadataBlock
    landmarks = block.find(0xA9)
    return Described(
        format=FORMATS.get(_code(information.find(0xA0)) or 0),
        width=_number(size, 0x80),
        height=_number(size, 0x81),
        sex=SEXES.get(_code(_part(person, 0xA0)) or 0),
        eye_colour=_named(EYES, _code(_part(person, 0xA1))),
        hair_colour=_named(HAIR, _code(_part(person, 0xA2))),
        body_height=_number(person, 0x83),
        pose=_pose(_part(person, 0xA6)),
        feature_points=sum(1 for _ in landmarks.children()) if landmarks else 0,
        captured=_captured(block.find(0xA2)),
    )


def _part(block: Tlv | None, *path: int) -> Tlv | None:
    return block.find(*path) if block else None


def _number(block: Tlv | None, *path: int) -> int | None:
    found = _part(block, *path)
    return found.number() if found else None


def _code(choice: Tlv | None) -> int | None:
    """An enumerated value: given as such, or as the fallback of an extension block."""
    direct = _number(choice, 0x80)
    return _number(choice, 0xA1, 0x80) if direct is None else direct


def _named(names: tuple[str, ...], code: int | None) -> str | None:
    return names[code] or None if code is not None and 0 <= code < len(names) else None


def _pose(block: Tlv | None) -> Pose | None:
    if block is None:
        return None
    return Pose(*(_number(block, axis, 0x80) for axis in (0xA0, 0xA1, 0xA2)))


def _captured(block: Tlv | None) -> str | None:
    """CaptureDateTimeBlock as ISO 8601, as far as it is given."""
    if block is None:
        return None
    shown = ""
    for tag, mark, width in zip(range(0x80, 0x86), ("", "-", "-", "T", ":", ":"), (4, 2, 2, 2, 2, 2), strict=True):
        number = _number(block, tag)
        if number is None:
            break
        shown += f"{mark}{number:0{width}d}"
    return shown or None

"""Face records of ISO/IEC 19794-5:2005 clause 5: fixed fields, big-endian."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Any

from gatehouse.documents.images import ImageFormat
from gatehouse.documents.lds.face import Described, Face, Pose, face
from gatehouse.documents.tlv import Octets
from gatehouse.kernel.errors import UnreadableError

MAGIC = b"FAC\x00"
_RECORD = struct.Struct(">4s4sIH")  # clause 5.4: identifier, version, length, number of faces
_FACE = struct.Struct(">IHBBB3s2s3B3B")  # clause 5.5: length, points, sex, eyes, hair, properties, expression, pose
_POINT_SIZE = 8  # clause 5.6
_IMAGE = struct.Struct(">BBHHBBHH")  # clause 5.7: kind, format, width, height, colours, source, device, quality

FORMATS = {0: ImageFormat.JPEG, 1: ImageFormat.JPEG_2000}
SEXES = {1: "M", 2: "F"}
EYES = {1: "black", 2: "blue", 3: "brown", 4: "grey", 5: "green", 6: "multi-coloured", 7: "pink", 8: "other"}
HAIR = {1: "bald", 2: "black", 3: "blonde", 4: "brown", 5: "grey", 6: "white", 7: "red", 8: "green", 9: "blue"}


def read(record: Octets) -> Iterator[Face | UnreadableError]:
    """The faces of a record, an error standing for a face whose image is refused.

    Raises `UnreadableError` where the record itself cannot be followed. Its stated length is not relied on: issuing
    states are known to count it otherwise.
    """
    view = memoryview(record)
    magic, _, _, count = _unpack(_RECORD, view, 0)
    if magic != MAGIC:
        raise UnreadableError("the face record begins with %(begin)s instead of FAC", begin=magic.hex())
    at = _RECORD.size
    for _ in range(count):
        length = _unpack(_FACE, view, at)[0]
        if not _FACE.size + _IMAGE.size <= length <= len(view) - at:
            raise UnreadableError("a face of %(length)d bytes does not fit its record", length=length)
        yield _face(view[at : at + length])
        at += length


def _face(block: memoryview) -> Face | UnreadableError:
    _, points, sex, eyes, hair, _, _, yaw, pitch, roll, *_ = _unpack(_FACE, block, 0)
    at = _FACE.size + points * _POINT_SIZE
    _, image_format, width, height, *_ = _unpack(_IMAGE, block, at)
    described = Described(
        format=FORMATS.get(image_format),
        width=width or None,
        height=height or None,
        sex=SEXES.get(sex),
        eye_colour=EYES.get(eyes),
        hair_colour=HAIR.get(hair),
        pose=_pose(yaw, pitch, roll),
        feature_points=points,
    )
    try:
        return face(block[at + _IMAGE.size :], described)
    except UnreadableError as error:
        return error


def _pose(yaw: int, pitch: int, roll: int) -> Pose | None:
    return Pose(_angle(yaw), _angle(pitch), _angle(roll)) if yaw or pitch or roll else None


def _angle(code: int) -> int | None:
    """Clause 5.5.8: 1 to 91 is 0 to 180 degrees in steps of two, 92 to 180 is -178 to -2; 0 is not given."""
    if not 1 <= code <= 180:
        return None
    return 2 * (code - 1) if code <= 91 else 2 * (code - 181)


def _unpack(layout: struct.Struct, view: memoryview, at: int) -> tuple[Any, ...]:
    if len(view) < at + layout.size:
        raise UnreadableError("the face record is cut off")
    return layout.unpack_from(view, at)

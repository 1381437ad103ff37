"""EF.DG3: which fingers are recorded and how (ICAO 9303-10 clause 4.7.3). The images stay closed: reading them takes
terminal authentication and a purpose that this parser does not know."""

from __future__ import annotations

import struct
from dataclasses import dataclass

from gatehouse.documents.lds.cbeff import RECORD_19794, BiometricTemplate, templates
from gatehouse.documents.tlv import Octets, outermost

#: Table 49: the lower two bits are the side, the next three the finger.
SIDES = {1: "right", 2: "left"}
FINGERS = {1: "thumb", 2: "index", 3: "middle", 4: "ring", 5: "little"}
#: ISO/IEC 19794-4:2005 clause 7.1.13, table 3.
COMPRESSIONS = {0: "uncompressed", 1: "bit-packed", 2: "WSQ", 3: "JPEG", 4: "JPEG 2000", 5: "PNG"}
#: Clause 7.1: identifier, version, length, device, level, fingers, units, four resolutions, depth, compression.
_RECORD = struct.Struct(">4s4s6sHHBB4HBB")


@dataclass(frozen=True, slots=True)
class Finger:
    """`position` as "right index", None where not given; `standard` "ISO/IEC 19794-4" or "ISO/IEC 39794-4";
    `images` and `compression` as the header of the record says, `size` of the record in bytes."""

    position: str | None
    standard: str
    images: int | None = None
    compression: str | None = None
    size: int = 0


@dataclass(frozen=True, slots=True)
class Dg3:
    """`stated` is the number of fingers that the file announces; zero where none could be taken."""

    stated: int
    fingers: tuple[Finger, ...]


def read(data: Octets) -> Dg3:
    """Raises `UnreadableError` where the file is no EF.DG3."""
    stated, found = templates(outermost(data, 0x63))
    return Dg3(stated, tuple(_finger(template) for template in found))


def _finger(template: BiometricTemplate) -> Finger:
    record = template.record
    position = _position(template.subtype)
    if record.tag != RECORD_19794:
        return Finger(position, "ISO/IEC 39794-4", size=len(record.value))
    if len(record.value) < _RECORD.size or bytes(record.value[:4]) != b"FIR\x00":
        return Finger(position, "ISO/IEC 19794-4", size=len(record.value))
    fields = _RECORD.unpack_from(record.value)
    return Finger(position, "ISO/IEC 19794-4", fields[5], COMPRESSIONS.get(fields[-1]), len(record.value))


def _position(subtype: int | None) -> str | None:
    if not subtype:
        return None
    parts = (SIDES.get(subtype & 0b11), FINGERS.get(subtype >> 2 & 0b111))
    return " ".join(part for part in parts if part) or None

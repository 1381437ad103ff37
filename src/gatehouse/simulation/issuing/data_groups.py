"""The files of a chip as a personalisation system writes them (ICAO 9303-10 clauses 4.6 and 4.7)."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping
from datetime import date

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from gatehouse.documents.images import ImageFormat, inspect
from gatehouse.documents.lds import file_of
from gatehouse.documents.tlv import compose

_FORMATS = {ImageFormat.JPEG: 0, ImageFormat.JPEG_2000: 1}
_SEXES = {"M": 1, "F": 2}
#: ISO/IEC 19794-4:2005: capture level 31, centimetres, 197 pixels each (500 dpi), 8 bits, JPEG.
_LEVEL, _CENTIMETRES, _RESOLUTION, _DEPTH, _JPEG = 31, 2, 197, 8, 3
_SUBTYPES = {"right index": 0b01001, "left index": 0b01010}
_POSITIONS = {"right index": 2, "left index": 7}


def atr_info(longest: int) -> bytes:
    """EF.ATR/INFO of a chip that takes commands and gives responses of that many octets (ICAO 9303-10 3.11.1)."""
    size = compose(0x02, longest.to_bytes(3, "big"))
    return compose(0x7F66, size, size)


def com(names: Iterable[str], *, lds_version: str) -> bytes:
    """EF.COM; `lds_version` is "0107" or "0108"."""
    tags = bytes(file_of(name).tag for name in names)
    return compose(0x60, compose(0x5F01, lds_version.encode()), compose(0x5F36, b"040000"), compose(0x5C, tags))


def dg1(mrz: str) -> bytes:
    return compose(0x61, compose(0x5F1F, mrz.replace("\n", "").encode("ascii")))


def dg2(image: bytes, sex: str) -> bytes:
    """One face in a record of ISO/IEC 19794-5:2005, clauses 5.4 to 5.7."""
    facts = inspect(image)
    face = struct.pack(">HBBB3x2x6x", 0, _SEXES.get(sex, 0), 0, 0)
    picture = struct.pack(">BBHHBBHH", 1, _FORMATS[facts.format], facts.width, facts.height, 1, 2, 0, 0)
    block = struct.pack(">I", 4 + len(face) + len(picture) + len(image)) + face + picture + image
    record = struct.pack(">4s4sIH", b"FAC", b"010", 14 + len(block), 1) + block
    template = compose(0x7F60, _header(0, 8), compose(0x5F2E, record))
    return compose(0x75, compose(0x7F61, _integer(1), template))


def dg11(*, full_name: str, birth_date: date, personal_number: str | None) -> bytes:
    elements = [(0x5F0E, full_name.encode("utf-8"))]
    if personal_number:
        elements.append((0x5F10, personal_number.encode("utf-8")))
    elements.append((0x5F2B, f"{birth_date:%Y%m%d}".encode()))
    return _listed(0x6B, elements)


def dg12(*, authority: str, issued: date) -> bytes:
    return _listed(0x6C, [(0x5F19, authority.encode("utf-8")), (0x5F26, f"{issued:%Y%m%d}".encode())])


def dg3(fingers: Mapping[str, bytes]) -> bytes:
    """Fingers by name ("right index", "left index") as JPEG, each in a record of ISO/IEC 19794-4:2005 clause 7."""
    found = [
        compose(0x7F60, _header(_SUBTYPES[name], 7), compose(0x5F2E, _finger(name, jpeg)))
        for name, jpeg in fingers.items()
    ]
    return compose(0x63, compose(0x7F61, _integer(len(found)), *found))


def dg14(infos: bytes) -> bytes:
    """`infos` is the SET of security infos."""
    return compose(0x6E, infos)


def dg15(key: ec.EllipticCurvePublicKey) -> bytes:
    return compose(0x6F, key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo))


def _header(subtype: int, format_type: int) -> bytes:
    """The biometric header: 9303-10 table 41. Faces have no sub-type, type 2 of biometrics and fingers type 8."""
    return compose(
        0xA1,
        compose(0x80, b"\x01\x01"),
        compose(0x81, b"\x08" if subtype else b"\x02"),
        compose(0x82, bytes([subtype])),
        compose(0x87, b"\x01\x01"),
        compose(0x88, format_type.to_bytes(2, "big")),
    )


def _finger(name: str, jpeg: bytes) -> bytes:
    facts = inspect(jpeg)
    image = struct.pack(">IBBBBBHHB", 14 + len(jpeg), _POSITIONS[name], 1, 1, 0, 0, facts.width, facts.height, 0) + jpeg
    resolutions = (_RESOLUTION,) * 4
    size = (32 + len(image)).to_bytes(6, "big")
    head = struct.pack(
        ">4s4s6sHHBB4HBBH", b"FIR\0", b"010\0", size, 0, _LEVEL, 1, _CENTIMETRES, *resolutions, _DEPTH, _JPEG, 0
    )
    return head + image


def _listed(tag: int, elements: list[tuple[int, bytes]]) -> bytes:
    """A template that begins with the list of its own tags."""
    listed = b"".join(element.to_bytes(2, "big") for element, _ in elements)
    return compose(tag, compose(0x5C, listed), *(compose(element, value) for element, value in elements))


def _integer(number: int) -> bytes:
    return compose(0x02, bytes([number]))

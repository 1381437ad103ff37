"""The files of a chip as a personalisation system writes them (ICAO 9303-10 clauses 4.6 and 4.7)."""

from __future__ import annotations

import struct
from collections.abc import Iterable
from datetime import date

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from gatehouse.documents.images import ImageFormat, inspect
from gatehouse.documents.lds import file_of
from gatehouse.documents.tlv import compose

_FORMATS = {ImageFormat.JPEG: 0, ImageFormat.JPEG_2000: 1}
_SEXES = {"M": 1, "F": 2}
_PACE_ECDH_GM_AES_256 = bytes.fromhex("060A04007F00070202040204")
_BRAINPOOL_P256R1 = 13  # 9303-11 table 12


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
    header = compose(
        0xA1,
        compose(0x80, b"\x01\x01"),
        compose(0x81, b"\x02"),
        compose(0x82, b"\x00"),
        compose(0x87, b"\x01\x01"),
        compose(0x88, b"\x00\x08"),
    )
    template = compose(0x7F60, header, compose(0x5F2E, record))
    return compose(0x75, compose(0x7F61, _integer(1), template))


def dg11(*, full_name: str, birth_date: date, personal_number: str | None) -> bytes:
    elements = [(0x5F0E, full_name.encode("utf-8"))]
    if personal_number:
        elements.append((0x5F10, personal_number.encode("utf-8")))
    elements.append((0x5F2B, f"{birth_date:%Y%m%d}".encode()))
    return _listed(0x6B, elements)


def dg12(*, authority: str, issued: date) -> bytes:
    return _listed(0x6C, [(0x5F19, authority.encode("utf-8")), (0x5F26, f"{issued:%Y%m%d}".encode())])


def dg14() -> bytes:
    """The chip offers PACE; a state whose chips offer no more publishes just this."""
    return compose(0x6E, compose(0x31, compose(0x30, _PACE_ECDH_GM_AES_256, _integer(2), _integer(_BRAINPOOL_P256R1))))


def dg15(key: ec.EllipticCurvePublicKey) -> bytes:
    return compose(0x6F, key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo))


def _listed(tag: int, elements: list[tuple[int, bytes]]) -> bytes:
    """A template that begins with the list of its own tags."""
    listed = b"".join(element.to_bytes(2, "big") for element, _ in elements)
    return compose(tag, compose(0x5C, listed), *(compose(element, value) for element, value in elements))


def _integer(number: int) -> bytes:
    return compose(0x02, bytes([number]))

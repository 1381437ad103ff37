"""A seal in whatever form it comes: the barcode's bytes, text of them, JSON, or a picture of the barcode."""

from __future__ import annotations

import base64
import binascii

from gatehouse.documents.seals import barcode, vds, vdsnc
from gatehouse.documents.seals.vds import VisibleSeal
from gatehouse.documents.seals.vdsnc import JsonSeal
from gatehouse.kernel.errors import UnreadableError


def read_seal(data: bytes) -> VisibleSeal | JsonSeal:
    """The one seal in `data`. Raises `UnreadableError` where there is none, or several."""
    if not barcode.is_picture(data):
        return _read(data)
    found = barcode.contents(data)
    if not found:
        raise UnreadableError("the picture shows no barcode of a seal: DataMatrix, QR or Aztec")
    seals, why = [], UnreadableError("no barcode of the picture is a seal")
    for each in found:
        try:
            seals.append(_read(each))
        except UnreadableError as error:
            why = error
    if len(seals) > 1:
        raise UnreadableError("the picture shows %(count)d seals; one is read at a time", count=len(seals))
    if not seals:
        raise why
    return seals[0]


def _read(data: bytes) -> VisibleSeal | JsonSeal:
    if data[:1] == bytes((vds.MAGIC,)):
        return vds.read(data)
    text = data.removeprefix(b"\xef\xbb\xbf").strip()
    if text.startswith(b"{"):
        return vdsnc.read(text)
    decoded = _decoded(text)
    if decoded is None:
        raise UnreadableError("this is no seal: neither a visible digital seal nor JSON, nor text or a picture of one")
    return vdsnc.read(decoded) if decoded.startswith(b"{") else vds.read(decoded)


def _decoded(text: bytes) -> bytes | None:
    """Hexadecimal digits, base64 (of either alphabet), or each byte as a character, as scanners hand it on."""
    if len(text) > vdsnc.LARGEST:
        return None
    joined = b"".join(text.split())
    for decode in (_hexadecimal, _base64, _characters):
        found = decode(joined if decode is not _characters else text)
        if found and (found[0] == vds.MAGIC or found.startswith(b"{")):
            return found
    return None


def _hexadecimal(text: bytes) -> bytes | None:
    try:
        return bytes.fromhex(text.decode("ascii"))
    except ValueError:
        return None


def _base64(text: bytes) -> bytes | None:
    standard = text.translate(bytes.maketrans(b"-_", b"+/")).rstrip(b"=")
    try:
        return base64.b64decode(standard + b"=" * (-len(standard) % 4), validate=True)
    except (binascii.Error, ValueError):
        return None


def _characters(text: bytes) -> bytes | None:
    try:
        return text.decode("utf-8").encode("latin-1")
    except ValueError:
        return None

"""Distinguished names of certificates (X.501), as text for people and as a key that compares as RFC 5280 clause 7.1."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from gatehouse.documents.ber import Element, children, element

_STRINGS = {0x0C: "utf-8", 0x13: "latin-1", 0x14: "latin-1", 0x16: "latin-1", 0x1C: "utf-32-be", 0x1E: "utf-16-be"}
_SPECIAL = re.compile(r'[\\",+;<>=]')
_COUNTRY, _COMMON = bytes.fromhex("550406"), bytes.fromhex("550403")
#: Short names of RFC 4514 clause 3 and RFC 4519; other types are shown by their object identifier.
_SHORT = {
    _COMMON: "CN",
    bytes.fromhex("550405"): "serialNumber",
    _COUNTRY: "C",
    bytes.fromhex("550407"): "L",
    bytes.fromhex("550408"): "ST",
    bytes.fromhex("55040a"): "O",
    bytes.fromhex("55040b"): "OU",
    bytes.fromhex("0992268993f22c640119"): "DC",
}


@dataclass(frozen=True, slots=True)
class Name:
    """A distinguished name.

    `text` is the form of RFC 4514 (`CN=csca-germany,OU=bsi,O=bund,C=DE`), `country` the code in capitals or None,
    `common` its common name or None.
    Two names with the same `key` are one name: letter case, spaces and the kind of string do not count.
    """

    text: str
    key: bytes
    country: str | None
    common: str | None = None

    @classmethod
    def read(cls, der: bytes) -> Name:
        """Read a DER Name. Raises `UnreadableError`, or `ValueError` for a string that is not what it says."""
        country, common = None, None
        shown, keys = [], []
        for parts in _relative_names(der):
            shown.append("+".join(f"{_type(kind)}={_escaped(value)}" for kind, value in parts))
            keys.append(b"+".join(sorted(kind + b"=" + _folded(value) for kind, value in parts)))
            country = next((value.strip().upper() for kind, value in parts if kind == _COUNTRY), country)
            common = next((value.strip() for kind, value in parts if kind == _COMMON), common)
        return cls(",".join(reversed(shown)), b"\0,".join(keys), country, common)


def _relative_names(der: bytes) -> Iterator[list[tuple[bytes, str]]]:
    for relative in children(der, element(der)):
        parts = []
        for pair in children(der, relative):
            kind, value = children(der, pair)
            parts.append((der[kind.contents : kind.end], _string(der, value)))
        yield parts


def _string(der: bytes, value: Element) -> str:
    octets = der[value.contents : value.end]
    encoding = _STRINGS.get(value.tag)
    if encoding is None:
        return "#" + der[value.start : value.end].hex()
    try:
        return octets.decode(encoding)
    except UnicodeDecodeError:
        return octets.decode("latin-1")


def _folded(value: str) -> bytes:
    return " ".join(unicodedata.normalize("NFKC", value).casefold().split()).encode()


def _escaped(value: str) -> str:
    if value.isprintable() and not _SPECIAL.search(value):
        return value
    escaped = _SPECIAL.sub(r"\\\g<0>", value)
    return "".join(c if c.isprintable() else f"\\{ord(c):02X}" for c in escaped)


def _type(kind: bytes) -> str:
    return _SHORT.get(kind) or dotted(kind)


def dotted(oid: bytes) -> str:
    """An object identifier's contents as numbers with dots."""
    arcs, arc = [], 0
    for octet in oid:
        arc = arc << 7 | octet & 0x7F
        if octet < 0x80:
            arcs.append(arc)
            arc = 0
    if not arcs:
        return ""
    first = min(arcs[0] // 40, 2)
    return ".".join(map(str, (first, arcs[0] - 40 * first, *arcs[1:])))

"""Makers of defect lists, deviation lists and directory exports: none that a state signed is public."""

from __future__ import annotations

import base64
from collections.abc import Iterable

from asn1crypto import cms, core
from tests.documents import pki_factory as made

from gatehouse.documents.pki import defects, deviations
from gatehouse.documents.tlv import compose

SHA256 = "2.16.840.1.101.3.4.2.1"
DEFECT_SIGNING = "0.4.0.127.0.7.3.11.2.1.2"
DEVIATION_SIGNING = "2.23.136.1.1.8"


def enumerated(code: int) -> bytes:
    return compose(0x0A, bytes((code,)))


def issuer_and_serial(of: made.Identity) -> bytes:
    certificate = of.certificate
    named = {"issuer": certificate.issuer, "serial_number": certificate.serial_number}
    return bytes(cms.IssuerAndSerialNumber(named).dump())


def known(kind: str, parameters: bytes = b"") -> bytes:
    return compose(0x30, core.ObjectIdentifier(kind).dump(), parameters)


def known_v2(kind: str, parameters: bytes = b"", text: str = "") -> bytes:
    given = compose(0xA0, parameters) if parameters else b""
    return compose(0xA0, core.ObjectIdentifier(kind).dump(), given, compose(0x81, text.encode()) if text else b"")


def defect(named: bytes, *defects: bytes, certificate_hash: bytes = b"", text: str = "") -> bytes:
    hashed = compose(0x04, certificate_hash) if certificate_hash else b""
    return compose(0x30, named, hashed, compose(0x31, *defects), compose(0x0C, text.encode()) if text else b"")


def defect_list(signer: made.Identity, *entries: bytes, version: int = 0) -> bytes:
    kind = core.ObjectIdentifier(SHA256).dump()
    content = compose(0x30, core.Integer(version).dump(), kind, compose(0x31, *entries))
    return made.signed_data(signer, content, made.SodOptions(content_type=defects.CONTENT_TYPE))


def deviation(documents: Iterable[bytes], *descriptions: bytes) -> bytes:
    return compose(0x30, compose(0x30, *documents), compose(0x31, *descriptions))


def description(kind: str, number: int | None = None, text: str = "") -> bytes:
    given = compose(0xA0, core.Integer(number).dump()) if number is not None else b""
    said = compose(0x13, text.encode()) if text else b""
    return compose(0x30, said, core.ObjectIdentifier(kind).dump(), given)


def deviation_list(signer: made.Identity, *entries: bytes) -> bytes:
    content = compose(0x30, core.Integer(0).dump(), compose(0x31, *entries))
    return made.signed_data(signer, content, made.SodOptions(content_type=deviations.CONTENT_TYPE))


def folded(line: str) -> str:
    """A line of LDIF in parts of 76 characters, each after the first behind a blank (RFC 2849)."""
    return "\n ".join([line[:76], *(line[at : at + 75] for at in range(76, len(line), 75))])


def ldif_entry(dn: str, attribute: str, value: bytes, change: str | None = "add") -> str:
    lines = [f"dn: {dn}", *([f"changetype: {change}"] if change else []), "objectClass: top"]
    return "\n".join([*lines, folded(f"{attribute}:: {base64.b64encode(value).decode()}"), "", ""])

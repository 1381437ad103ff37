"""The seal for environments without constraints: ICAO Technical Report VDS-NC, version 1.

JSON with the signer's certificate in it; what was signed is the canonical form (RFC 8785) of its `data`.
"""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass
from typing import Any

import rfc8785

from gatehouse.documents.ber import definite
from gatehouse.documents.pki.certificates import Certificate
from gatehouse.kernel.errors import UnreadableError

#: A QR code holds 2953 bytes; a file may be laid out with blanks.
LARGEST = 64 * 1024
#: The deepest of ICAO's messages has five levels.
_DEEPEST = 16
_MALFORMED = (ValueError, TypeError, RecursionError, OverflowError)


@dataclass(frozen=True, slots=True)
class JsonSeal:
    """A seal as it stands: `kind` such as "icao.vacc", `message` its data, `signed` the bytes that were signed."""

    kind: str
    version: int
    country: str
    message: dict[str, Any]
    algorithm: str
    certificate: Certificate
    signed: bytes
    signature: bytes


def read(data: bytes) -> JsonSeal:
    """Read a seal; its signature is not verified by this. Raises `UnreadableError`."""
    if len(data) > LARGEST:
        raise UnreadableError("a seal of %(length)d bytes fits in no barcode", length=len(data))
    try:
        whole = json.loads(data, object_pairs_hook=_once, parse_constant=_refuse)
        _bound(whole)
        signed = rfc8785.dumps(_table(whole, "data"))
    except (*_MALFORMED, rfc8785.CanonicalizationError) as error:
        cause = " ".join(str(error).split())[:120]
        raise UnreadableError("this is not a seal in JSON: %(cause)s", cause=cause) from error
    header, message, signature = (
        _table(_table(whole, "data"), "hdr"),
        _table(_table(whole, "data"), "msg"),
        _table(whole, "sig"),
    )
    version = header.get("v")
    if not isinstance(version, int) or isinstance(version, bool):
        raise UnreadableError("the seal lacks %(name)s", name="v")
    return JsonSeal(
        kind=_text(header, "t"),
        version=version,
        country=_text(header, "is"),
        message=message,
        algorithm=_text(signature, "alg"),
        certificate=Certificate.read(definite(_octets(signature, "cer"))),
        signed=signed,
        signature=_octets(signature, "sigvl"),
    )


def _bound(whole: Any) -> None:
    level = [whole]
    for _ in range(_DEEPEST):
        level = [
            inner
            for each in level
            if isinstance(each, dict | list)
            for inner in (each.values() if isinstance(each, dict) else each)
        ]
        if not level:
            return
    raise UnreadableError("the seal is nested deeper than %(deepest)d levels", deepest=_DEEPEST)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object that says a thing twice would be read differently by others."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice in an object")
    return found


def _refuse(constant: str) -> Any:
    msg = f"{constant} is no number of JSON"
    raise ValueError(msg)


def _table(whole: Any, name: str) -> dict[str, Any]:
    found = whole.get(name) if isinstance(whole, dict) else None
    if not isinstance(found, dict):
        raise UnreadableError("the seal lacks %(name)s", name=name)
    return found


def _text(table: dict[str, Any], name: str) -> str:
    found = table.get(name)
    if not isinstance(found, str):
        raise UnreadableError("the seal lacks %(name)s", name=name)
    return found


def _octets(table: dict[str, Any], name: str) -> bytes:
    """Base64url, its padding there or not."""
    text = _text(table, name).rstrip("=")
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError) as error:
        raise UnreadableError("%(name)s of the seal is not base64url", name=name) from error

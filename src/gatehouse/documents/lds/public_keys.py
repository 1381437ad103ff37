"""What a chip's public keys are: their kind, size and curve. Using them is the chip protocols' work."""

from __future__ import annotations

from dataclasses import dataclass

from asn1crypto import keys

from gatehouse.documents.chip.errors import UnsupportedProtocolError
from gatehouse.documents.chip.groups.elliptic import EllipticGroup
from gatehouse.documents.chip.groups.standardised import STANDARDISED, standardised_group
from gatehouse.documents.pki.asn1 import reading
from gatehouse.documents.pki.curves import curve_of
from gatehouse.documents.pki.names import dotted
from gatehouse.documents.tlv import Tlv
from gatehouse.kernel.errors import UnreadableError

_INTEGER, _OBJECT_IDENTIFIER, _SEQUENCE = 0x02, 0x06, 0x30
_KINDS = {"ec": "EC", "dh": "DH", "1.2.840.113549.1.3.1": "DH", "rsa": "RSA", "rsassa_pss": "RSA"}


@dataclass(frozen=True, slots=True)
class ChipKey:
    """`kind` is "RSA", "EC", "DH" or the algorithm's object identifier, `bits` the size of the modulus or field where
    known, `curve` the name of the curve, `explicit` whether it was given by its parameters; `der` is the key as read.
    """

    kind: str
    der: bytes
    bits: int | None = None
    curve: str | None = None
    explicit: bool = False


def chip_key(found: Tlv) -> ChipKey:
    """The key of a SubjectPublicKeyInfo. Raises `UnreadableError`, also for an unknown or counterfeit curve."""
    der = bytes(found.raw)
    with reading("the chip's public key"):
        algorithm = bytes(found.need(_SEQUENCE, _OBJECT_IDENTIFIER).value)
        if dotted(algorithm) == STANDARDISED:
            return _standardised(found.need(_SEQUENCE, _INTEGER).number(), der)
        info = keys.PublicKeyInfo.load(der, strict=True)
        algorithm = info["algorithm"]["algorithm"].native
        kind = _KINDS.get(algorithm, algorithm)
        if kind == "EC":
            parameters = info["algorithm"]["parameters"]
            curve = curve_of(parameters)
            return ChipKey(kind, der, curve.p.bit_length(), curve.name, explicit=parameters.name == "specified")
        if kind == "RSA":
            return ChipKey(kind, der, _bits(info["public_key"].parsed["modulus"].contents))
        return ChipKey(kind, der)


def _standardised(parameters: int, der: bytes) -> ChipKey:
    """A key in the domain parameters of ICAO 9303-11 table 12, named by their number."""
    try:
        group = standardised_group(parameters)
    except UnsupportedProtocolError as error:
        raise UnreadableError("%(cause)s", cause=error.reason) from error
    bits = group.field.bit_length()
    return ChipKey("EC", der, bits, group.name) if isinstance(group, EllipticGroup) else ChipKey("DH", der, bits)


def _bits(modulus: bytes) -> int:
    """Unsigned: documents are met whose modulus lacks the zero octet that keeps an INTEGER positive."""
    return int.from_bytes(modulus, "big").bit_length()

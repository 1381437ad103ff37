"""The static public keys of chips, each with the group it belongs to (ICAO 9303-11 clauses 9.1 and 9.2.6)."""

from __future__ import annotations

from dataclasses import dataclass

from asn1crypto import keys

from gatehouse.documents.chip.errors import UnsupportedProtocolError
from gatehouse.documents.chip.groups.base import Group
from gatehouse.documents.chip.groups.elliptic import EllipticGroup
from gatehouse.documents.chip.groups.modp import ModpGroup
from gatehouse.documents.chip.groups.standardised import STANDARDISED, modp_groups, standardised_group
from gatehouse.documents.pki.asn1 import reading
from gatehouse.documents.pki.curves import curve_of
from gatehouse.documents.pki.names import dotted
from gatehouse.documents.tlv import outermost
from gatehouse.kernel.errors import UnreadableError

_INTEGER, _BIT_STRING, _SEQUENCE = 0x02, 0x03, 0x30
_ELLIPTIC = "1.2.840.10045.2.1"
_X942_DH, _PKCS3_DH = "1.2.840.10046.2.1", "1.2.840.113549.1.3.1"
_SHORTEST_PRIME, _LONGEST_PRIME = 1024, 8192


@dataclass(frozen=True, slots=True)
class StaticKey:
    """A group and a public key in it, encoded as it takes part in key agreement."""

    group: Group
    public: bytes

    @classmethod
    def read(cls, der: bytes) -> StaticKey:
        """The key of a SubjectPublicKeyInfo.

        Raises `UnreadableError` for one that is broken, `UnsupportedProtocolError` for a kind that agrees on no key.
        """
        info = outermost(der, _SEQUENCE)
        algorithm, *given = info.need(_SEQUENCE).children()
        kind, parameters = dotted(bytes(algorithm.value)), bytes(given[0].raw) if given else b""
        octets = bytes(info.need(_BIT_STRING).value[1:])  # after the count of unused bits
        if kind == STANDARDISED:
            group = standardised_group(outermost(parameters, _INTEGER).number())
            return cls(group, octets if isinstance(group, EllipticGroup) else _number(octets))
        if kind == _ELLIPTIC:
            with reading("the chip's public key"):
                return cls(EllipticGroup(curve_of(keys.ECDomainParameters.load(parameters))), octets)
        if kind in (_X942_DH, _PKCS3_DH):
            return cls(_modp(parameters, has_order=kind == _X942_DH), _number(octets))
        raise UnsupportedProtocolError("keys of the kind %(kind)s agree on no session key", kind=kind)


def _number(octets: bytes) -> bytes:
    """The public value of an INTEGER, unsigned."""
    return bytes(outermost(octets, _INTEGER).value).lstrip(b"\0")


def _modp(parameters: bytes, *, has_order: bool) -> ModpGroup:
    """X9.42 gives p, g and q, PKCS#3 p, g and at times the length of private keys."""
    found = outermost(parameters, _SEQUENCE).children()
    numbers = [int.from_bytes(each.value, "big") for each in found if each.tag == _INTEGER]
    p, g, *rest = numbers if len(numbers) > 1 else (0, 0)
    standard = next((group for group in modp_groups().values() if (group.p, group.g) == (p, g)), None)
    if standard is not None:
        return standard
    if not _SHORTEST_PRIME <= p.bit_length() <= _LONGEST_PRIME or not p % 2 or not 1 < g < p - 1:
        raise UnreadableError("a prime field of %(bits)d bits is no group to agree in", bits=p.bit_length())
    return ModpGroup(f"MODP-{p.bit_length()}", p, g, rest[0] if has_order and rest else None)

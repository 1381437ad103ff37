"""What the holder of a card verifiable certificate is, and what it may read (BSI TR-03110-3 annex C.1.5 and C.4)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from asn1crypto import core

from gatehouse.documents.pki.names import dotted
from gatehouse.documents.tlv import Tlv, compose
from gatehouse.kernel.errors import UnreadableError

TEMPLATE = 0x7F4C
_OBJECT_IDENTIFIER, _DISCRETIONARY = 0x06, 0x53
#: id-IS: bsi-de applications(3) mrtd(1) roles(2) 1.
INSPECTION_SYSTEM = "0.4.0.127.0.7.3.1.2.1"
_DG3, _DG4 = 0b01, 0b10


class Role(IntEnum):
    """The first two bits of the template."""

    TERMINAL = 0
    FOREIGN_VERIFIER = 1
    DOMESTIC_VERIFIER = 2
    AUTHORITY = 3

    @property
    def is_verifier(self) -> bool:
        return self in (Role.FOREIGN_VERIFIER, Role.DOMESTIC_VERIFIER)


@dataclass(frozen=True, slots=True)
class Authorization:
    """`rights` are the bits after the role, of `size` octets together with it; `terminal_type` is a dotted identifier.

    Of an inspection system bit 0 lets it read EF.DG3, bit 1 EF.DG4.
    """

    role: Role
    rights: int
    terminal_type: str = INSPECTION_SYSTEM
    size: int = 1

    @classmethod
    def read(cls, template: Tlv) -> Authorization:
        """Raises `UnreadableError` for a template without a type or bits."""
        octets = bytes(template.need(_DISCRETIONARY).value)
        if not octets:
            raise UnreadableError("the authorization of a certificate is empty")
        bits = int.from_bytes(octets, "big")
        places = 8 * len(octets) - 2
        kind = dotted(bytes(template.need(_OBJECT_IDENTIFIER).value))
        return cls(Role(bits >> places), bits & ((1 << places) - 1), kind, len(octets))

    def encode(self) -> bytes:
        """The template as a data object."""
        bits = self.role << 8 * self.size - 2 | self.rights
        kind = core.ObjectIdentifier(self.terminal_type).dump()
        return compose(TEMPLATE, kind, compose(_DISCRETIONARY, bits.to_bytes(self.size, "big")))

    def may_read(self, file: str) -> bool:
        """Whether an inspection system may read EF.DG3 or EF.DG4."""
        bit = {"DG3": _DG3, "DG4": _DG4}.get(file, 0)
        return self.terminal_type == INSPECTION_SYSTEM and bool(self.rights & bit)

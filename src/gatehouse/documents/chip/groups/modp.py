"""Prime fields as groups (ICAO 9303-11 clauses 4.4.3.1 and 4.4.3.3, PKCS#3, RFC 2631)."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha1
from typing import ClassVar

from gatehouse.documents.chip.errors import ProtocolError, UnsupportedProtocolError


@dataclass(frozen=True, slots=True)
class ModpGroup:
    """The numbers modulo the prime `p` that `g` generates. `q` is their order, None where the parameters lack it."""

    name: str
    p: int
    g: int
    q: int | None = None

    public_key_tag: ClassVar[int] = 0x84

    @property
    def order(self) -> int:
        return self.q or self.p - 1

    @property
    def field(self) -> int:
        return self.p

    @property
    def width(self) -> int:
        """Octets of an element."""
        return (self.p.bit_length() + 7) // 8

    def public_key(self, private: int) -> bytes:
        return _unsigned(pow(self.g, private, self.p))

    def agree(self, private: int, public: bytes) -> bytes:
        """As many octets as the prime has (PKCS#3 clause 8.3)."""
        return self._product(private, public).to_bytes(self.width, "big")

    def map_generic(self, nonce: bytes, private: int, public: bytes) -> ModpGroup:
        shared = self._product(private, public)
        return self._mapped_to(pow(self.g, int.from_bytes(nonce, "big"), self.p) * shared % self.p)

    def map_integrated(self, number: int) -> ModpGroup:
        """f(x) = x to the power of the cofactor."""
        if self.q is None:
            raise UnsupportedProtocolError("the order of the group %(group)s is not known", group=self.name)
        return self._mapped_to(pow(number, (self.p - 1) // self.q, self.p))

    def compress(self, public: bytes) -> bytes:
        """SHA-1, which clause 7.1.4.1.3 prescribes."""
        return sha1(public, usedforsecurity=False).digest()

    def _mapped_to(self, generator: int) -> ModpGroup:
        if generator in (0, 1, self.p - 1):
            raise ProtocolError("the mapped generator generates next to nothing")
        return ModpGroup(self.name, self.p, generator, self.q)

    def _product(self, private: int, public: bytes) -> int:
        """RFC 2631 clause 2.1.5: the key is within range, and of the right order where that is known."""
        y = int.from_bytes(public, "big")
        if not 1 < y < self.p - 1 or (self.q is not None and pow(y, self.q, self.p) != 1):
            raise ProtocolError("the other side's key is no element of the group %(group)s", group=self.name)
        return pow(y, private, self.p)


def _unsigned(number: int) -> bytes:
    """The fewest octets: clause 9.4.1."""
    return number.to_bytes((number.bit_length() + 7) // 8, "big")

"""Chip authentication mapping: the chip proves its static key while the nonce is mapped (ICAO 9303-11 4.4.3.5)."""

from __future__ import annotations

from dataclasses import dataclass, field

from gatehouse.documents.chip.cipher import SessionKeys, unpad
from gatehouse.documents.chip.groups import Group, StaticKey

_MINUS_ONE = b"\xff" * 16


@dataclass(frozen=True, slots=True)
class MappingProof:
    """What the chip sent for it: its mapping key, and the number by which its static key becomes that key."""

    group: Group
    mapping_key: bytes
    factor: int = field(repr=False)

    @classmethod
    def decrypt(cls, group: Group, mapping_key: bytes, keys: SessionKeys, encrypted: bytes) -> MappingProof:
        """Raises `UnreadableError` where the data was not encrypted with the session's key."""
        vector = keys.suite.encrypt(keys.encryption, _MINUS_ONE)
        plain = unpad(keys.suite.decrypt(keys.encryption, encrypted, vector))
        return cls(group, mapping_key, int.from_bytes(plain, "big"))

    def is_made_with(self, key: StaticKey) -> bool:
        """Whether the chip holds the private half of this key. Raises `ProtocolError` for a key that is none.

        The x-coordinates are compared: a point and its inverse are known together.
        """
        if key.group.name != self.group.name or not 0 < self.factor < self.group.order:
            return False
        return key.group.agree(self.factor, key.public) == self.group.compress(self.mapping_key)

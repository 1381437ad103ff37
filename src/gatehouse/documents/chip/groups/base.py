"""What PACE and chip authentication ask of a group, whichever it is. Public keys and secrets are octets as sent."""

from __future__ import annotations

import secrets
from typing import ClassVar, Protocol


class Group(Protocol):
    """A group with a generator. A mapped group is the same one with another generator."""

    #: The tag of a public key in a public key data object: tables 10 and 11 of clause 9.4.
    public_key_tag: ClassVar[int]

    @property
    def name(self) -> str: ...

    @property
    def order(self) -> int:
        """Private keys are below it."""

    @property
    def field(self) -> int:
        """The prime that coordinates or elements are numbers below."""

    def public_key(self, private: int) -> bytes:
        """The public key of a private one, encoded as clause 9.4.5 says."""

    def agree(self, private: int, public: bytes) -> bytes:
        """The shared secret as the key derivation takes it. Raises `ProtocolError` for a public key that is none."""

    def map_generic(self, nonce: bytes, private: int, public: bytes) -> Group:
        """Clause 4.4.3.3.1, of either side. Raises `ProtocolError` for a public key that is none."""

    def map_integrated(self, number: int) -> Group:
        """Clause 4.4.3.3.2: the group of the generator that `number` encodes. Raises `UnsupportedProtocolError`."""

    def compress(self, public: bytes) -> bytes:
        """Comp(): clauses 7.1.4.1.3 and 7.1.4.2.3."""


def new_private_key(group: Group) -> int:
    """A private key of a group, from 1 to below its order."""
    return 1 + secrets.randbelow(group.order - 1)

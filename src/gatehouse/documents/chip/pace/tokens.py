"""Authentication tokens of PACE (ICAO 9303-11 clauses 4.4.3.4 and 9.4), the same on both sides."""

from __future__ import annotations

from gatehouse.documents.chip.cipher import SessionKeys
from gatehouse.documents.chip.pace.parameters import PaceParameters
from gatehouse.documents.tlv import compose

_PUBLIC_KEY, _OBJECT_IDENTIFIER = 0x7F49, 0x06


def token_input(parameters: PaceParameters, public: bytes) -> bytes:
    """The public key data object of an ephemeral public key."""
    identifier = compose(_OBJECT_IDENTIFIER, parameters.identifier)
    return compose(_PUBLIC_KEY, identifier, compose(parameters.group.public_key_tag, public))


def token(parameters: PaceParameters, keys: SessionKeys, public: bytes) -> bytes:
    """The proof that whoever makes it agreed on `keys`, over the other side's public key."""
    return keys.suite.mac(keys.authentication, token_input(parameters, public))

"""How biometrics are sealed: AES-256-GCM with a key for each person, which the installation's key wraps.

What is sealed is bound to its place: table, row, person, what it is and the version of this layout are authenticated
with it, so that nothing can be moved to another person. Who destroys a person's key makes all of it unreadable at once.
A copy of the database from before holds the wrapped key and can still be opened: such copies need an end of their own.
"""

from __future__ import annotations

import os
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from gatehouse.kernel.errors import UnreadableError

#: Of the layout: nonce, then what is sealed, then the tag.
VERSION = 1
NONCE, TAG = 12, 16
_KEY = 32


def installation_key(secret: str) -> bytes:
    """The key that wraps those of persons, from the secret of the settings (HKDF, RFC 5869)."""
    return HKDF(SHA256(), _KEY, None, b"gatehouse biometrics").derive(secret.encode())


def key_made(installation: bytes, *, key: UUID, traveller: UUID) -> tuple[bytes, bytes]:
    """A new key of a person, and the same wrapped."""
    made = AESGCM.generate_key(_KEY * 8)
    return made, _sealed(installation, made, _place("travellers_biometrickey", key, traveller, "key"))


def key_unwrapped(installation: bytes, wrapped: bytes, *, key: UUID, traveller: UUID) -> bytes:
    """Raises `UnreadableError` where another installation wrapped it, or it is of another person."""
    return _opened(installation, wrapped, _place("travellers_biometrickey", key, traveller, "key"))


def sealed(key: bytes, plain: bytes, *, row: UUID, traveller: UUID, what: str) -> bytes:
    """`what` says which column of which kind: "face image", "face template"."""
    return _sealed(key, plain, _place("travellers_biometric", row, traveller, what))


def opened(key: bytes, data: bytes, *, row: UUID, traveller: UUID, what: str) -> bytes:
    """Raises `UnreadableError` where it was sealed with another key, for another place, or changed since."""
    return _opened(key, data, _place("travellers_biometric", row, traveller, what))


def _place(table: str, row: UUID, traveller: UUID, what: str) -> bytes:
    return "\x1f".join((f"v{VERSION}", table, str(row), str(traveller), what)).encode()


def _sealed(key: bytes, plain: bytes, place: bytes) -> bytes:
    nonce = os.urandom(NONCE)
    return nonce + AESGCM(key).encrypt(nonce, plain, place)


def _opened(key: bytes, data: bytes, place: bytes) -> bytes:
    try:
        return AESGCM(key).decrypt(data[:NONCE], data[NONCE:], place)
    except (InvalidTag, ValueError) as error:
        raise UnreadableError("biometrics on record cannot be opened: they were sealed otherwise") from error

"""How an officer signs on where the centre is not there: with a passphrase that nobody else keeps.

From the passphrase scrypt (RFC 7914) makes two private keys, each time anew. The centre keeps their public halves and
the salt. What a bundle gives to an officer is sealed to the one key (X25519, HKDF-SHA-256, AES-256-GCM); what they
decide away from the centre is signed with the other (Ed25519). Neither the centre nor the device can do so for them.
"""

from __future__ import annotations

import hashlib
import os
from base64 import b64decode, b64encode
from dataclasses import dataclass, field
from typing import Annotated

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from pydantic import BaseModel, ConfigDict, Field

from gatehouse.kernel.errors import ForbiddenError, RefusedError

#: OWASP's first choice for scrypt: 128 MiB for one guess.
COST, BLOCK, PARALLEL = 2**17, 8, 1
SHORTEST_PASSPHRASE = 12
_KEY = 32
_NONCE = bytes(12)  # each sealing has a key of its own
_Key = Annotated[str, Field(pattern=r"^[A-Za-z0-9+/]{43}=$")]


class Credential(BaseModel):
    """What is kept of a passphrase: salt and cost of scrypt, and the public halves of the two keys, in base64."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    salt: Annotated[str, Field(pattern=r"^[A-Za-z0-9+/]{22}==$")]
    cost: Annotated[int, Field(ge=2**10, le=2**18)] = COST
    sealing: _Key
    signing: _Key

    def unlock(self, passphrase: str) -> OfficerKeys:
        """The keys of this passphrase. Raises `ForbiddenError` where it is another."""
        keys = _derived(passphrase, b64decode(self.salt), self.cost)
        if _public(keys) != (self.sealing, self.signing):
            raise ForbiddenError("this is not the officer's passphrase")
        return keys

    def signed(self, content: bytes, signature: str) -> bool:
        """Whether the officer signed this."""
        try:
            Ed25519PublicKey.from_public_bytes(b64decode(self.signing)).verify(b64decode(signature), content)
        except (InvalidSignature, ValueError):
            return False
        return True

    def seal(self, content: bytes) -> str:
        """The content for this officer alone, in base64."""
        fleeting = X25519PrivateKey.generate()
        own = fleeting.public_key().public_bytes_raw()
        shared = fleeting.exchange(X25519PublicKey.from_public_bytes(b64decode(self.sealing)))
        return b64encode(own + _cipher(shared, own, b64decode(self.sealing)).encrypt(_NONCE, content, None)).decode()


@dataclass(frozen=True, slots=True)
class OfficerKeys:
    """What an officer holds while signed on; in memory alone."""

    sealing: X25519PrivateKey = field(repr=False)
    signing: Ed25519PrivateKey = field(repr=False)

    def open(self, sealed: str) -> bytes:
        """What was sealed to this officer. Raises `ForbiddenError`."""
        try:
            data = b64decode(sealed, validate=True)
            shared = self.sealing.exchange(X25519PublicKey.from_public_bytes(data[:_KEY]))
            cipher = _cipher(shared, data[:_KEY], self.sealing.public_key().public_bytes_raw())
            return cipher.decrypt(_NONCE, data[_KEY:], None)
        except (InvalidTag, ValueError) as error:
            raise ForbiddenError("this was not sealed to the officer") from error

    def sign(self, content: bytes) -> str:
        return b64encode(self.signing.sign(content)).decode()


def credential_of(passphrase: str, *, cost: int = COST) -> Credential:
    """The credential of a new passphrase. Raises `RefusedError` for one that is too short."""
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise RefusedError("a passphrase has at least %(least)d characters", least=SHORTEST_PASSPHRASE)
    salt = os.urandom(16)
    sealing, signing = _public(_derived(passphrase, salt, cost))
    return Credential(salt=b64encode(salt).decode(), cost=cost, sealing=sealing, signing=signing)


def _derived(passphrase: str, salt: bytes, cost: int) -> OfficerKeys:
    secret = hashlib.scrypt(
        passphrase.encode(), salt=salt, n=cost, r=BLOCK, p=PARALLEL, maxmem=256 * cost * BLOCK, dklen=2 * _KEY
    )
    return OfficerKeys(
        X25519PrivateKey.from_private_bytes(secret[:_KEY]), Ed25519PrivateKey.from_private_bytes(secret[_KEY:])
    )


def _public(keys: OfficerKeys) -> tuple[str, str]:
    both = keys.sealing.public_key().public_bytes_raw(), keys.signing.public_key().public_bytes_raw()
    return b64encode(both[0]).decode(), b64encode(both[1]).decode()


def _cipher(shared: bytes, fleeting: bytes, sealing: bytes) -> AESGCM:
    info = b"gatehouse officer seal 1\n" + fleeting + sealing
    return AESGCM(HKDF(hashes.SHA256(), _KEY, None, info).derive(shared))

"""Active authentication, the chip's side (ICAO 9303-11 clause 6.1)."""

from __future__ import annotations

from cryptography.hazmat.primitives.asymmetric import rsa

from gatehouse.documents.chip.cv_certificates import sign
from gatehouse.documents.chip.simulator.image import ActiveKey
from gatehouse.documents.chip.simulator.randomness import Randomness
from gatehouse.documents.pki.signatures import ECDSA, HASHES, Scheme, digest

CHALLENGE = 8
#: Trailers of ISO/IEC 9796-2: one octet for SHA-1, two for the others.
_TRAILERS = {
    "sha1": bytes.fromhex("BC"),
    "sha224": bytes.fromhex("38CC"),
    "sha256": bytes.fromhex("34CC"),
    "sha384": bytes.fromhex("36CC"),
    "sha512": bytes.fromhex("35CC"),
}
_PARTIAL_RECOVERY = b"\x6a"


def signature(key: ActiveKey, hash_name: str, challenge: bytes, random: Randomness) -> bytes:
    """The chip's answer to the terminal's challenge."""
    if isinstance(key, rsa.RSAPrivateKey):
        return _with_recovery(key, hash_name, challenge, random)
    return sign(key, Scheme(ECDSA, hash_name), challenge)


def _with_recovery(key: rsa.RSAPrivateKey, hash_name: str, challenge: bytes, random: Randomness) -> bytes:
    """ISO/IEC 9796-2 digital signature scheme 1, with a random part that can be recovered."""
    trailer, size = _TRAILERS[hash_name], key.key_size // 8
    hashed = HASHES[hash_name].digest_size
    recoverable = random.octets(size - len(_PARTIAL_RECOVERY) - hashed - len(trailer))
    message = _PARTIAL_RECOVERY + recoverable + digest(hash_name, recoverable + challenge) + trailer
    numbers = key.private_numbers()
    signed = pow(int.from_bytes(message, "big"), numbers.d, numbers.public_numbers.n)
    return signed.to_bytes(size, "big")

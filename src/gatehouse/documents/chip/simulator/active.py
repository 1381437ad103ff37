"""Active authentication, the chip's side (ICAO 9303-11 clause 6.1)."""

from __future__ import annotations

from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from gatehouse.documents.chip.simulator.image import ActiveKey
from gatehouse.documents.chip.simulator.randomness import Randomness
from gatehouse.documents.pki.signatures import HASHES, digest

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
    return _plain(key, hash_name, challenge)


def _with_recovery(key: rsa.RSAPrivateKey, hash_name: str, challenge: bytes, random: Randomness) -> bytes:
    """ISO/IEC 9796-2 digital signature scheme 1, with a random part that can be recovered."""
    trailer, size = _TRAILERS[hash_name], key.key_size // 8
    hashed = HASHES[hash_name].digest_size
    recoverable = random.octets(size - len(_PARTIAL_RECOVERY) - hashed - len(trailer))
    message = _PARTIAL_RECOVERY + recoverable + digest(hash_name, recoverable + challenge) + trailer
    numbers = key.private_numbers()
    signed = pow(int.from_bytes(message, "big"), numbers.d, numbers.public_numbers.n)
    return signed.to_bytes(size, "big")


def _plain(key: ec.EllipticCurvePrivateKey, hash_name: str, challenge: bytes) -> bytes:
    """r and s, each as many octets as the curve's order (BSI TR-03111 clause 5.2.1)."""
    width = (key.curve.key_size + 7) // 8
    r, s = decode_dss_signature(key.sign(challenge, ec.ECDSA(HASHES[hash_name])))
    return r.to_bytes(width, "big") + s.to_bytes(width, "big")

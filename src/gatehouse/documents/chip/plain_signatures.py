"""ECDSA signatures in the plain format that chips and terminals use (BSI TR-03111 clause 5.2.1): r, then s."""

from __future__ import annotations

from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature

from gatehouse.documents.pki.curves import Curve


def to_der(plain: bytes) -> bytes | None:
    """The DER form; None for what is no signature: of odd length, or with a half that is zero."""
    half = len(plain) // 2
    r, s = int.from_bytes(plain[:half], "big"), int.from_bytes(plain[half:], "big")
    if len(plain) % 2 or not r or not s:
        return None
    return encode_dss_signature(r, s)


def from_der(der: bytes, curve: Curve) -> bytes:
    """The plain form of a signature that was made on `curve`."""
    r, s = decode_dss_signature(der)
    width = (curve.n.bit_length() + 7) // 8
    return r.to_bytes(width, "big") + s.to_bytes(width, "big")

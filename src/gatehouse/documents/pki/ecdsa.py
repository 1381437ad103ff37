"""ECDSA verification on the known curves that `cryptography` has not: brainpoolP160r1, P192r1, P224r1 and P320r1.

Documents of 2006 to 2016 are signed on them. The arithmetic is the library `ecdsa`'s.
"""

from __future__ import annotations

from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from ecdsa.ecdsa import Public_key, Signature
from ecdsa.ellipticcurve import PointJacobi

from gatehouse.documents.pki.curves import Curve, decode_point, generator


@dataclass(frozen=True, slots=True)
class EllipticKey:
    """A public point on a known curve."""

    curve: Curve
    point: PointJacobi

    @classmethod
    def read(cls, curve: Curve, point: bytes) -> EllipticKey:
        """Read an uncompressed point. Raises `UnreadableError` for another form, and for one not on the curve."""
        return cls(curve, decode_point(curve, point))

    def verify(self, signature: bytes, digest: bytes) -> None:
        """Check a DER signature over a digest. Raises `InvalidSignature`."""
        try:
            r, s = decode_dss_signature(signature)
        except ValueError:
            raise InvalidSignature from None
        number = int.from_bytes(digest, "big") >> max(0, 8 * len(digest) - self.curve.n.bit_length())
        key = Public_key(generator(self.curve), self.point, verify=False)
        if not key.verifies(number, Signature(r, s)):
            raise InvalidSignature

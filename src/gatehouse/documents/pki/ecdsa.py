"""ECDSA verification on the known curves that `cryptography` has not: brainpoolP160r1, P192r1, P224r1 and P320r1.

Documents of 2006 to 2016 are signed on them. Verifying handles no secret, so nothing here needs to run in constant
time. Formulae: SEC 1 v2 clauses 2.2.1, 2.3.4 and 4.1.4.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from gatehouse.documents.pki.curves import Curve
from gatehouse.kernel.errors import UnreadableError

#: None is the point at infinity.
Point: TypeAlias = tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class EllipticKey:
    """A public point on a known curve."""

    curve: Curve
    x: int
    y: int

    @classmethod
    def read(cls, curve: Curve, point: bytes) -> EllipticKey:
        """Read an uncompressed point. Raises `UnreadableError` for another form, and for one not on the curve."""
        width = (curve.p.bit_length() + 7) // 8
        x, y = int.from_bytes(point[1 : 1 + width], "big"), int.from_bytes(point[1 + width :], "big")
        on_curve = (y * y - (x * x * x + curve.a * x + curve.b)) % curve.p == 0
        if point[:1] != b"\x04" or len(point) != 1 + 2 * width or max(x, y) >= curve.p or not on_curve:
            raise UnreadableError("the public key is not a point of %(curve)s", curve=curve.name)
        return cls(curve, x, y)

    def verify(self, signature: bytes, digest: bytes) -> None:
        """Check a DER signature over a digest. Raises `InvalidSignature`."""
        n = self.curve.n
        try:
            r, s = decode_dss_signature(signature)
        except ValueError:
            raise InvalidSignature from None
        if not (0 < r < n and 0 < s < n):
            raise InvalidSignature
        number = int.from_bytes(digest, "big") >> max(0, 8 * len(digest) - n.bit_length())
        w = pow(s, -1, n)
        generator = (self.curve.gx, self.curve.gy)
        total = self._add(self._times(number * w % n, generator), self._times(r * w % n, (self.x, self.y)))
        if total is None or total[0] % n != r:
            raise InvalidSignature

    def _times(self, factor: int, point: Point) -> Point:
        total: Point = None
        while factor:
            if factor & 1:
                total = self._add(total, point)
            point = self._add(point, point)
            factor >>= 1
        return total

    def _add(self, one: Point, other: Point) -> Point:
        if one is None or other is None:
            return other if one is None else one
        p = self.curve.p
        (x1, y1), (x2, y2) = one, other
        if x1 == x2:
            if (y1 + y2) % p == 0:
                return None
            slope = (3 * x1 * x1 + self.curve.a) * pow(2 * y1, -1, p) % p
        else:
            slope = (y2 - y1) * pow(x2 - x1, -1, p) % p
        x = (slope * slope - x1 - x2) % p
        return x, (slope * (x1 - x) - y1) % p

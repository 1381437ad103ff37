"""Elliptic curves as groups (ICAO 9303-11 clauses 4.4.3.2 and 4.4.3.3, BSI TR-03111).

`cryptography` computes on the standard generator of the curves it has, in constant time; the library `ecdsa` computes
the rest. All curves here have the cofactor 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from ecdsa.ellipticcurve import INFINITY, PointJacobi

from gatehouse.documents.chip.errors import ProtocolError, UnsupportedProtocolError
from gatehouse.documents.pki.curves import Curve, decode_point, generator
from gatehouse.kernel.errors import UnreadableError


@dataclass(frozen=True, slots=True)
class EllipticGroup:
    """A known curve; `mapped` is the generator of a session, None stands for the curve's own."""

    curve: Curve
    mapped: PointJacobi | None = None

    public_key_tag: ClassVar[int] = 0x86

    @property
    def name(self) -> str:
        return self.curve.name

    @property
    def order(self) -> int:
        return self.curve.n

    @property
    def field(self) -> int:
        return self.curve.p

    def public_key(self, private: int) -> bytes:
        if self.mapped is None and self.curve.engine is not None:
            key = ec.derive_private_key(private, self.curve.engine).public_key()
            return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        return self._encode((self.mapped or generator(self.curve)) * private)

    def agree(self, private: int, public: bytes) -> bytes:
        """The x-coordinate of the product."""
        point = self._decode(public)
        engine = self.curve.engine
        if engine is not None:
            own = ec.derive_private_key(private, engine)
            return own.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(engine, public))
        return self._encode(point * private)[1 : 1 + self.curve.width]

    def map_generic(self, nonce: bytes, private: int, public: bytes) -> EllipticGroup:
        shared = self._decode(public) * private
        return self._mapped_to(generator(self.curve) * int.from_bytes(nonce, "big") + shared)

    def map_integrated(self, number: int) -> EllipticGroup:
        """The point encoding of appendix B.2, which needs p ≡ 3 mod 4: it is not defined on NIST P-224."""
        p, a, b = self.curve.p, self.curve.a, self.curve.b
        if p % 4 != 3:
            raise UnsupportedProtocolError("the integrated mapping is not defined on %(curve)s", curve=self.name)
        t = number % p
        alpha = -t * t % p
        x2 = -b * pow(a, -1, p) * (1 + pow(alpha + alpha * alpha, -1, p)) % p
        x3 = alpha * x2 % p
        h2 = (x2**3 + a * x2 + b) % p
        root = pow(h2, p - 1 - (p + 1) // 4, p)
        x, y = (x2, root * h2 % p) if root * root * h2 % p == 1 else (x3, root * pow(t, 3, p) * h2 % p)
        return self._mapped_to(PointJacobi(generator(self.curve).curve(), x, y, 1, self.curve.n))

    def compress(self, public: bytes) -> bytes:
        """The x-coordinate."""
        return public[1 : 1 + self.curve.width]

    def _mapped_to(self, point: PointJacobi) -> EllipticGroup:
        if point == INFINITY:
            raise ProtocolError("the mapped generator is the point at infinity")
        return EllipticGroup(self.curve, point)

    def _decode(self, public: bytes) -> PointJacobi:
        try:
            return decode_point(self.curve, public)
        except UnreadableError as error:
            raise ProtocolError("the other side's key is none: %(cause)s", cause=error.reason) from error

    def _encode(self, point: PointJacobi) -> bytes:
        encoded: bytes = point.to_bytes("uncompressed")
        return encoded

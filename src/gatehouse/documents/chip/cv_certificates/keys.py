"""Keys of card verifiable certificates: RSA and ECDSA with plain signatures (BSI TR-03110-3 annex A.6 and C.3)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypeAlias

from asn1crypto import core
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from gatehouse.documents.chip.errors import UnsupportedProtocolError
from gatehouse.documents.chip.plain_signatures import from_der, to_der
from gatehouse.documents.pki.curves import Curve, known_curves
from gatehouse.documents.pki.ecdsa import EllipticKey
from gatehouse.documents.pki.keys import EngineKey, PublicKey, UnsupportedKeyError
from gatehouse.documents.pki.names import dotted
from gatehouse.documents.pki.signatures import ECDSA, HASHES, RSA_PKCS1, RSA_PSS, Scheme, is_signed
from gatehouse.documents.tlv import Tlv, compose
from gatehouse.kernel.errors import UnreadableError

TAG = 0x7F49
PrivateKey: TypeAlias = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey

_OBJECT_IDENTIFIER = 0x06
_MODULUS, _EXPONENT = 0x81, 0x82
_PRIME, _A, _B, _GENERATOR, _ORDER, _POINT, _COFACTOR = range(0x81, 0x88)
#: id-TA: bsi-de protocols(2) smartcard(2) 2.
_TERMINAL_AUTHENTICATION = "0.4.0.127.0.7.2.2.2"
_LONGEST_RSA, _LONGEST_EXPONENT = 4096, 64
_SHORTEST_RSA = 1024


def _pss(hash_name: str) -> Scheme:
    return Scheme(RSA_PSS, hash_name, hash_name, HASHES[hash_name].digest_size)


SCHEMES = {
    f"{_TERMINAL_AUTHENTICATION}.1.1": Scheme(RSA_PKCS1, "sha1"),
    f"{_TERMINAL_AUTHENTICATION}.1.2": Scheme(RSA_PKCS1, "sha256"),
    f"{_TERMINAL_AUTHENTICATION}.1.3": _pss("sha1"),
    f"{_TERMINAL_AUTHENTICATION}.1.4": _pss("sha256"),
    f"{_TERMINAL_AUTHENTICATION}.1.5": Scheme(RSA_PKCS1, "sha512"),
    f"{_TERMINAL_AUTHENTICATION}.1.6": _pss("sha512"),
    **{
        f"{_TERMINAL_AUTHENTICATION}.2.{number}": Scheme(ECDSA, hash_name)
        for number, hash_name in enumerate(("sha1", "sha224", "sha256", "sha384", "sha512"), start=1)
    },
}


@dataclass(frozen=True, slots=True)
class CvPublicKey:
    """`oid` names the signature scheme. Of ECDSA `curve` is None as long as it is the issuer's, `point` encoded."""

    oid: str
    scheme: Scheme
    modulus: int = 0
    exponent: int = 0
    curve: Curve | None = None
    point: bytes = b""

    @classmethod
    def read(cls, found: Tlv) -> CvPublicKey:
        """Raises `UnreadableError` for a key that is none, `UnsupportedProtocolError` for an unknown scheme."""
        parts = {each.tag: bytes(each.value) for each in found.children()}
        oid = dotted(parts.get(_OBJECT_IDENTIFIER, b""))
        scheme = SCHEMES.get(oid)
        if scheme is None:
            raise UnsupportedProtocolError("certificates of the kind %(kind)s are not supported", kind=oid)
        if scheme.kind == ECDSA:
            return cls(oid, scheme, curve=_curve(parts), point=parts.get(_POINT, b""))
        modulus, exponent = (int.from_bytes(parts.get(tag, b""), "big") for tag in (_MODULUS, _EXPONENT))
        if not _SHORTEST_RSA <= modulus.bit_length() <= _LONGEST_RSA or exponent.bit_length() > _LONGEST_EXPONENT:
            raise UnreadableError("an RSA key of %(bits)d bits is not one of terminals", bits=modulus.bit_length())
        return cls(oid, scheme, modulus, exponent)

    @classmethod
    def of(cls, key: PrivateKey, oid: str) -> CvPublicKey:
        """The public half of a private key, for the scheme `oid`, with its curve."""
        if isinstance(key, rsa.RSAPrivateKey):
            numbers = key.public_key().public_numbers()
            return cls(oid, SCHEMES[oid], numbers.n, numbers.e)
        point = key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        return cls(oid, SCHEMES[oid], curve=known_curves()[key.curve.name.lower()], point=point)

    def encode(self, *, with_curve: bool) -> bytes:
        """The public key data object. The certificate of an authority alone gives the curve."""
        identifier = core.ObjectIdentifier(self.oid).dump()
        if self.scheme.kind != ECDSA:
            parts = [compose(_MODULUS, _unsigned(self.modulus)), compose(_EXPONENT, _unsigned(self.exponent))]
        elif with_curve and self.curve is not None:
            parts = _domain(self.curve, self.point)
        else:
            parts = [compose(_POINT, self.point)]
        return compose(TAG, identifier, *parts)

    def on_curve_of(self, issuer: CvPublicKey) -> CvPublicKey:
        """The key with the curve that its certificate leaves to the issuer's."""
        if self.scheme.kind == ECDSA and self.curve is None:
            return replace(self, curve=issuer.curve)
        return self

    def verifies(self, message: bytes, signature: bytes) -> bool:
        """Whether the private half made this signature. Raises `UnsupportedProtocolError` or `UnreadableError`."""
        if self.scheme.kind == ECDSA:
            encoded = to_der(signature)
            if encoded is None:
                return False
            signature = encoded
        try:
            return is_signed(message, signature, self.scheme, self._engine())
        except UnsupportedKeyError as error:
            raise UnsupportedProtocolError("%(cause)s", cause=error.reason) from error

    def _engine(self) -> PublicKey:
        if self.scheme.kind != ECDSA:
            try:
                engine = rsa.RSAPublicNumbers(self.exponent, self.modulus).public_key()
            except ValueError as error:
                raise UnreadableError("the RSA key of a certificate is none") from error
            return PublicKey(engine, "RSA", engine.key_size)
        if self.curve is None:
            raise UnreadableError("the certificate gives no curve, and neither does its issuer's")
        return PublicKey(_elliptic(self.curve, self.point), self.curve.name, self.curve.p.bit_length())


def _elliptic(curve: Curve, point: bytes) -> EngineKey:
    key = EllipticKey.read(curve, point)
    return key if curve.engine is None else ec.EllipticCurvePublicKey.from_encoded_point(curve.engine, point)


def sign(key: PrivateKey, scheme: Scheme, message: bytes) -> bytes:
    """A signature as a chip verifies it: plain for ECDSA, r and s of one length (BSI TR-03111 clause 5.2.1)."""
    hashed = HASHES[scheme.hash_name]
    if isinstance(key, ec.EllipticCurvePrivateKey):
        return from_der(key.sign(message, ec.ECDSA(hashed)), known_curves()[key.curve.name.lower()])
    if scheme.kind == RSA_PSS:
        return key.sign(message, padding.PSS(padding.MGF1(hashed), scheme.salt_length), hashed)
    return key.sign(message, padding.PKCS1v15(), hashed)


def _curve(parts: dict[int, bytes]) -> Curve | None:
    """The known curve that the domain parameters are, None where none are given."""
    if _PRIME not in parts:
        return None
    numbers = {tag: int.from_bytes(parts.get(tag, b""), "big") for tag in (_PRIME, _A, _B, _ORDER, _COFACTOR)}
    curve = next((each for each in known_curves().values() if each.p == numbers[_PRIME]), None)
    if curve is None:
        raise UnreadableError("the explicit parameters are of no known elliptic curve")
    generator = b"\x04" + curve.gx.to_bytes(curve.width, "big") + curve.gy.to_bytes(curve.width, "big")
    given = (numbers[_A], numbers[_B], numbers[_ORDER], numbers[_COFACTOR], parts.get(_GENERATOR))
    if given != (curve.a, curve.b, curve.n, curve.h, generator):
        raise UnreadableError("the explicit parameters differ from those of %(curve)s", curve=curve.name)
    return curve


def _domain(curve: Curve, point: bytes) -> list[bytes]:
    width = curve.width
    coordinates = b"\x04" + curve.gx.to_bytes(width, "big") + curve.gy.to_bytes(width, "big")
    return [
        compose(_PRIME, curve.p.to_bytes(width, "big")),
        compose(_A, curve.a.to_bytes(width, "big")),
        compose(_B, curve.b.to_bytes(width, "big")),
        compose(_GENERATOR, coordinates),
        compose(_ORDER, _unsigned(curve.n)),
        compose(_POINT, point),
        compose(_COFACTOR, _unsigned(curve.h)),
    ]


def _unsigned(number: int) -> bytes:
    return number.to_bytes((number.bit_length() + 7) // 8, "big")

"""Public keys from certificates, with explicit curve parameters where Doc 9303-12 clause 4.1.6.3 mandates them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from asn1crypto import keys
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from gatehouse.documents.pki.curves import curve_of
from gatehouse.documents.pki.ecdsa import EllipticKey
from gatehouse.kernel.errors import GatehouseError, UnreadableError

EngineKey: TypeAlias = rsa.RSAPublicKey | ec.EllipticCurvePublicKey | EllipticKey

#: Longer keys and exponents cost the verifier more than any state uses: of 494 RSA keys of CSCAs none exceeds 17 bits.
_LONGEST_RSA = 16384
_LONGEST_EXPONENT = 64


class UnsupportedKeyError(GatehouseError):
    """The key or signature is of a kind that Doc 9303 allows, or not, but that this program cannot compute with."""


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A key ready to verify with. `kind` is "RSA" or the curve's name; `explicit`: its curve came as parameters."""

    engine: EngineKey
    kind: str
    bits: int
    explicit: bool = False


def public_key(info: keys.PublicKeyInfo) -> PublicKey:
    """The key of a SubjectPublicKeyInfo.

    Raises `UnreadableError` for a key that is none, or on no known curve; `UnsupportedKeyError` for another kind.
    asn1crypto's own errors pass through: call within `asn1.reading`.
    """
    algorithm = info["algorithm"]["algorithm"].native
    if algorithm in ("rsa", "rsassa_pss"):
        return _rsa(info)
    if algorithm == "ec":
        return _elliptic(info)
    raise UnsupportedKeyError("public keys of the kind %(kind)s are not supported", kind=algorithm)


def _rsa(info: keys.PublicKeyInfo) -> PublicKey:
    numbers = info["public_key"].parsed
    modulus, exponent = numbers["modulus"].native, numbers["public_exponent"].native
    if modulus.bit_length() > _LONGEST_RSA:
        raise UnreadableError("an RSA key of %(bits)d bits is too long", bits=modulus.bit_length())
    if exponent.bit_length() > _LONGEST_EXPONENT:
        raise UnreadableError("an RSA exponent of %(bits)d bits is too long", bits=exponent.bit_length())
    engine = rsa.RSAPublicNumbers(exponent, modulus).public_key()
    return PublicKey(engine, "RSA", engine.key_size)


def _elliptic(info: keys.PublicKeyInfo) -> PublicKey:
    parameters = info["algorithm"]["parameters"]
    curve = curve_of(parameters)
    point = bytes(info["public_key"])
    engine: EngineKey
    if curve.engine is None:
        engine = EllipticKey.read(curve, point)
    else:
        engine = ec.EllipticCurvePublicKey.from_encoded_point(curve.engine, point)
    return PublicKey(engine, curve.name, curve.p.bit_length(), explicit=parameters.name == "specified")

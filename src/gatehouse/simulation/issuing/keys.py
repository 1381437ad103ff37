"""Keys of a made-up state, in the kinds that real states sign with (ICAO 9303-12 clause 4.1.6)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from asn1crypto import algos, keys
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from gatehouse.documents.pki.curves import known_curves

PrivateKey: TypeAlias = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey

_RSA_BITS = 2048
_SALT = 32


class KeyKind(StrEnum):
    RSA_PSS = "RSA-PSS"
    RSA = "RSA PKCS#1 v1.5"
    P256 = "ECDSA on P-256"
    #: As clause 4.1.6.3 demands: the curve given by all of its parameters.
    BRAINPOOL_EXPLICIT = "ECDSA on brainpoolP256r1, explicit parameters"


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A private key and how it signs, always with SHA-256."""

    kind: KeyKind
    private: PrivateKey

    @classmethod
    def new(cls, kind: KeyKind) -> SigningKey:
        if kind in {KeyKind.RSA, KeyKind.RSA_PSS}:
            return cls(kind, rsa.generate_private_key(65537, _RSA_BITS))
        curve = ec.SECP256R1() if kind is KeyKind.P256 else ec.BrainpoolP256R1()
        return cls(kind, ec.generate_private_key(curve))

    def sign(self, data: bytes) -> bytes:
        if isinstance(self.private, ec.EllipticCurvePrivateKey):
            return self.private.sign(data, ec.ECDSA(SHA256()))
        if self.kind is KeyKind.RSA:
            return self.private.sign(data, padding.PKCS1v15(), SHA256())
        return self.private.sign(data, padding.PSS(padding.MGF1(SHA256()), _SALT), SHA256())

    @property
    def algorithm(self) -> algos.SignedDigestAlgorithm:
        """The AlgorithmIdentifier of its signatures."""
        if self.kind is not KeyKind.RSA_PSS:
            return algos.SignedDigestAlgorithm({"algorithm": _BARE[self.kind]})
        sha256 = {"algorithm": "sha256"}
        mask = {"algorithm": "mgf1", "parameters": sha256}
        parameters = {"hash_algorithm": sha256, "mask_gen_algorithm": mask, "salt_length": _SALT}
        return algos.SignedDigestAlgorithm({"algorithm": "rsassa_pss", "parameters": algos.RSASSAPSSParams(parameters)})

    def public(self) -> keys.PublicKeyInfo:
        """The SubjectPublicKeyInfo, its curve explicit where the kind says so."""
        der = self.private.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        info = keys.PublicKeyInfo.load(der)
        if self.kind is not KeyKind.BRAINPOOL_EXPLICIT:
            return info
        algorithm = {"algorithm": "ec", "parameters": _explicit("brainpoolP256r1")}
        return keys.PublicKeyInfo({"algorithm": algorithm, "public_key": info["public_key"]})


_BARE = {KeyKind.RSA: "sha256_rsa", KeyKind.P256: "sha256_ecdsa", KeyKind.BRAINPOOL_EXPLICIT: "sha256_ecdsa"}


def _explicit(name: str) -> keys.ECDomainParameters:
    curve = known_curves()[name.lower()]
    width = (curve.p.bit_length() + 7) // 8
    a, b, gx, gy = (number.to_bytes(width, "big") for number in (curve.a, curve.b, curve.gx, curve.gy))
    domain = keys.SpecifiedECDomain(
        {
            "version": "ecdpVer1",
            "field_id": {"field_type": "prime_field", "parameters": curve.p},
            "curve": {"a": a, "b": b},
            "base": b"\x04" + gx + gy,
            "order": curve.n,
            "cofactor": curve.h,
        }
    )
    return keys.ECDomainParameters(name="specified", value=domain)

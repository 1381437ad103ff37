"""Signatures of travel documents: RSA PKCS#1 v1.5, RSA-PSS with its own parameters, and ECDSA (Doc 9303-12 4.1.6)."""

from __future__ import annotations

from dataclasses import dataclass

from asn1crypto import algos
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

from gatehouse.documents.ber import Element, element, fields, number
from gatehouse.documents.pki.ecdsa import EllipticKey
from gatehouse.documents.pki.keys import PublicKey, UnsupportedKeyError
from gatehouse.documents.pki.names import dotted
from gatehouse.kernel.errors import UnreadableError

#: By the names of asn1crypto. Weak ones verify too: whether they suffice is for the algorithm policy to say.
HASHES: dict[str, hashes.HashAlgorithm] = {
    "sha1": hashes.SHA1(),  # noqa: S303 - real documents carry it
    "sha224": hashes.SHA224(),
    "sha256": hashes.SHA256(),
    "sha384": hashes.SHA384(),
    "sha512": hashes.SHA512(),
    "sha3_224": hashes.SHA3_224(),
    "sha3_256": hashes.SHA3_256(),
    "sha3_384": hashes.SHA3_384(),
    "sha3_512": hashes.SHA3_512(),
}
RSA_PKCS1 = "RSA PKCS#1 v1.5"
RSA_PSS = "RSA-PSS"
ECDSA = "ECDSA"

_INTEGER, _OBJECT_IDENTIFIER, _SEQUENCE = 0x02, 0x06, 0x30
_MGF1 = "1.2.840.113549.1.1.8"
_TRAILER_BC = 1
_DEFAULT_SALT = 20
_BARE = {"rsassa_pkcs1v15": RSA_PKCS1, "ecdsa": ECDSA}


@dataclass(frozen=True, slots=True)
class Scheme:
    """How a signature was made: one of `RSA_PKCS1`, `RSA_PSS`, `ECDSA`, its hash, and what PSS adds."""

    kind: str
    hash_name: str
    mask_hash_name: str = ""
    salt_length: int = 0


def hash_of(data: bytes, identifier: Element) -> str:
    """The hash that an AlgorithmIdentifier names, by its name in `HASHES` or else its object identifier.

    Call within `asn1.reading`.
    """
    (kind,) = fields(data, identifier, _OBJECT_IDENTIFIER)
    return hash_named(dotted(data[kind.contents : kind.end]))


def hash_named(identifier: str) -> str:
    """The name in `HASHES` of a hash's object identifier (dotted); another identifier as it is."""
    return str(algos.DigestAlgorithmId.map(identifier))


def scheme_of(algorithm: bytes, digest: str | None = None) -> Scheme:
    """The scheme of an encoded AlgorithmIdentifier; `digest` is the hash where the identifier leaves it open.

    Raises `UnsupportedKeyError`. Call within `asn1.reading`.
    """
    kind, parameters = fields(algorithm, element(algorithm), _OBJECT_IDENTIFIER, -_SEQUENCE)
    name = algos.SignedDigestAlgorithmId.map(dotted(algorithm[kind.contents : kind.end]))
    if name == "rsassa_pss":
        return _pss(algorithm, parameters)
    if name in _BARE and digest is not None:
        return Scheme(_BARE[name], _known(digest))
    hash_name, _, key = name.rpartition("_")
    if key not in ("rsa", "ecdsa"):
        raise UnsupportedKeyError("signatures of the kind %(kind)s are not supported", kind=name)
    return Scheme(RSA_PKCS1 if key == "rsa" else ECDSA, _known(hash_name))


def _pss(data: bytes, parameters: Element) -> Scheme:
    """RSASSA-PSS-params (RFC 4055 clause 3.1): hash, mask, salt and trailer, each with a default."""
    hashed, mask, salt, trailer = fields(data, parameters, -0xA0, -0xA1, -0xA2, -0xA3)
    if trailer.tag and number(data, *fields(data, trailer, _INTEGER)) != _TRAILER_BC:
        raise UnsupportedKeyError("RSA-PSS with a trailer other than BC is not supported")
    return Scheme(
        RSA_PSS,
        _known(hash_of(data, *fields(data, hashed, _SEQUENCE))) if hashed.tag else "sha1",
        _mask_hash(data, *fields(data, mask, _SEQUENCE)) if mask.tag else "sha1",
        number(data, *fields(data, salt, _INTEGER)) if salt.tag else _DEFAULT_SALT,
    )


def _mask_hash(data: bytes, mask: Element) -> str:
    kind, hashed = fields(data, mask, _OBJECT_IDENTIFIER, _SEQUENCE)
    if dotted(data[kind.contents : kind.end]) != _MGF1:
        raise UnsupportedKeyError("RSA-PSS with a mask other than MGF1 is not supported")
    return _known(hash_of(data, hashed))


def _known(hash_name: str) -> str:
    if hash_name not in HASHES:
        raise UnsupportedKeyError("the hash %(hash)s is not supported", hash=hash_name)
    return hash_name


def is_signed(message: bytes, signature: bytes, scheme: Scheme, key: PublicKey) -> bool:
    """Whether `key` made `signature` over `message`. A scheme that does not fit the key's kind is no signature of it.

    Raises `UnsupportedKeyError` where the cryptographic library refuses the combination.
    """
    try:
        _verify(message, signature, scheme, key)
    except InvalidSignature:
        return False
    except (UnsupportedAlgorithm, ValueError) as error:
        cause = " ".join(str(error).split())[:120]
        raise UnsupportedKeyError("the signature cannot be computed: %(cause)s", cause=cause) from error
    return True


def _verify(message: bytes, signature: bytes, scheme: Scheme, key: PublicKey) -> None:
    hashed = HASHES[scheme.hash_name]
    engine = key.engine
    if (scheme.kind == ECDSA) == isinstance(engine, rsa.RSAPublicKey):
        raise InvalidSignature
    if isinstance(engine, EllipticKey):
        engine.verify(signature, digest(scheme.hash_name, message))
    elif isinstance(engine, ec.EllipticCurvePublicKey):
        engine.verify(signature, message, ec.ECDSA(hashed))
    elif scheme.kind == RSA_PKCS1:
        engine.verify(signature, message, padding.PKCS1v15(), hashed)
    else:
        pss = padding.PSS(padding.MGF1(HASHES[scheme.mask_hash_name]), scheme.salt_length)
        engine.verify(signature, message, pss, hashed)


def digest(hash_name: str, data: bytes) -> bytes:
    """The hash of `data` by a name of `HASHES`. Raises `UnreadableError` for another."""
    if hash_name not in HASHES:
        raise UnreadableError("the hash %(hash)s is not supported", hash=hash_name)
    computed = hashes.Hash(HASHES[hash_name])
    computed.update(data)
    return computed.finalize()

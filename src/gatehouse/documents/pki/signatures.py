"""Signatures of travel documents: RSA PKCS#1 v1.5, RSA-PSS with its own parameters, and ECDSA (Doc 9303-12 4.1.6)."""

from __future__ import annotations

from dataclasses import dataclass

from asn1crypto import algos
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

from gatehouse.documents.pki.ecdsa import EllipticKey
from gatehouse.documents.pki.keys import PublicKey, UnsupportedKeyError
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

_BARE = {"rsassa_pkcs1v15": RSA_PKCS1, "ecdsa": ECDSA}


@dataclass(frozen=True, slots=True)
class Scheme:
    """How a signature was made: one of `RSA_PKCS1`, `RSA_PSS`, `ECDSA`, its hash, and what PSS adds."""

    kind: str
    hash_name: str
    mask_hash_name: str = ""
    salt_length: int = 0


def scheme_of(algorithm: algos.SignedDigestAlgorithm, digest: str | None = None) -> Scheme:
    """The scheme of an AlgorithmIdentifier; `digest` is the hash where the identifier leaves it open.

    Raises `UnsupportedKeyError`. asn1crypto's own errors pass through: call within `asn1.reading`.
    """
    name = algorithm["algorithm"].native
    if name == "rsassa_pss":
        return _pss(algorithm["parameters"])
    if name in _BARE and digest is not None:
        return Scheme(_BARE[name], _known(digest))
    hash_name, _, key = name.rpartition("_")
    if key not in ("rsa", "ecdsa"):
        raise UnsupportedKeyError("signatures of the kind %(kind)s are not supported", kind=name)
    return Scheme(RSA_PKCS1 if key == "rsa" else ECDSA, _known(hash_name))


def _pss(parameters: algos.RSASSAPSSParams) -> Scheme:
    if parameters["trailer_field"].native != "trailer_field_bc":
        raise UnsupportedKeyError("RSA-PSS with a trailer other than BC is not supported")
    mask = parameters["mask_gen_algorithm"]
    if mask["algorithm"].native != "mgf1":
        raise UnsupportedKeyError("RSA-PSS with a mask other than MGF1 is not supported")
    return Scheme(
        RSA_PSS,
        _known(parameters["hash_algorithm"]["algorithm"].native),
        _known(mask["parameters"]["algorithm"].native),
        parameters["salt_length"].native,
    )


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

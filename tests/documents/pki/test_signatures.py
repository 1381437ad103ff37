"""Algorithm identifiers: which signature scheme they name."""

from __future__ import annotations

import pytest
from asn1crypto import algos, core

from gatehouse.documents.pki.keys import UnsupportedKeyError
from gatehouse.documents.pki.signatures import ECDSA, RSA_PKCS1, RSA_PSS, Scheme, scheme_of
from gatehouse.documents.tlv import compose

PSS = core.ObjectIdentifier("1.2.840.113549.1.1.10").dump()
SHA256 = algos.DigestAlgorithm({"algorithm": "sha256"}).dump()
SHA512 = algos.DigestAlgorithm({"algorithm": "sha512"}).dump()
MGF1_SHA512 = compose(0x30, core.ObjectIdentifier("1.2.840.113549.1.1.8").dump(), SHA512)


def pss(*parameters: bytes) -> bytes:
    return compose(0x30, PSS, compose(0x30, *parameters))


@pytest.mark.parametrize(
    ("algorithm", "digest", "scheme"),
    [
        ("sha256_rsa", None, Scheme(RSA_PKCS1, "sha256")),
        ("rsassa_pkcs1v15", "sha512", Scheme(RSA_PKCS1, "sha512")),
        ("sha1_ecdsa", "sha256", Scheme(ECDSA, "sha1")),
        ("sha3_384_ecdsa", None, Scheme(ECDSA, "sha3_384")),
    ],
)
def test_the_hash_is_the_identifiers_own_or_else_the_signers(
    algorithm: str, digest: str | None, scheme: Scheme
) -> None:
    assert scheme_of(algos.SignedDigestAlgorithm({"algorithm": algorithm}).dump(), digest) == scheme


def test_pss_has_a_default_for_each_parameter() -> None:
    assert scheme_of(pss()) == Scheme(RSA_PSS, "sha1", "sha1", 20)
    given = pss(compose(0xA0, SHA256), compose(0xA1, MGF1_SHA512), compose(0xA2, b"\x02\x01\x30"))
    assert scheme_of(given) == Scheme(RSA_PSS, "sha256", "sha512", 48)
    assert scheme_of(pss(compose(0xA3, b"\x02\x01\x01"))) == scheme_of(pss())


@pytest.mark.parametrize(
    ("algorithm", "reason"),
    [
        (pss(compose(0xA3, b"\x02\x01\x02")), "RSA-PSS with a trailer other than BC is not supported"),
        (pss(compose(0xA1, compose(0x30, PSS, SHA256))), "RSA-PSS with a mask other than MGF1 is not supported"),
        (algos.SignedDigestAlgorithm({"algorithm": "md5_rsa"}).dump(), "the hash md5 is not supported"),
        (compose(0x30, b"\x06\x01\x2a"), "signatures of the kind 1.2 are not supported"),
        (
            compose(0x30, core.ObjectIdentifier("1.3.101.112").dump()),
            "signatures of the kind ed25519 are not supported",
        ),
    ],
)
def test_what_is_not_supported_is_named(algorithm: bytes, reason: str) -> None:
    with pytest.raises(UnsupportedKeyError) as raised:
        scheme_of(algorithm)
    assert str(raised.value) == reason

"""Passive authentication of each real document, beside the bare cost of its two signature verifications.

From the bytes of EF.SOD to the verdict on one core, with the trust store loaded beforehand and nothing kept from one
run to the next. Bare are the same two verifications in `cryptography`, with keys, messages and signatures at hand.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from tests.conformance import conformance_dir

from benchmarks.table import Row
from benchmarks.timing import beside
from gatehouse.documents.lds.sod import DocumentSecurityObject
from gatehouse.documents.passive import authenticate
from gatehouse.documents.pki.keys import PublicKey
from gatehouse.documents.pki.signatures import HASHES, RSA_PSS, Scheme
from gatehouse.documents.pki.trust import TrustStore
from gatehouse.documents.proof import prove
from gatehouse.kernel.results import Result

_ON = date(2026, 11, 22)
_RUNS = 300


def run() -> list[Row]:
    folder = conformance_dir() / "documents"
    if not folder.exists():
        return [Row("passive authentication", "not measured: the conformance data is absent")]
    trust = TrustStore.load([folder / "master-lists"])
    files = sorted((folder / "sods").glob("*.bin"))
    return [row for file in files if (row := _row(file.stem, file.read_bytes(), trust)) is not None]


def _row(name: str, sod: bytes, trust: TrustStore) -> Row | None:
    def whole(_: int) -> Result:
        return authenticate(sod, data_groups={}, trust=trust, on=_ON).result

    if whole(0) is not Result.SUCCESSFUL:
        return None
    verifications = _verifications(sod, trust)

    def bare(_: int) -> None:
        for verify in verifications:
            verify()

    ours, floor = beside(whole, bare, range(_RUNS), passes=3)
    return Row(
        f"passive authentication, {name}",
        f"{ours:,.0f}/s, {1000 / ours:.2f} ms",
        f"two verifications: {floor:,.0f}/s, {1000 / floor:.2f} ms",
        f"+{1000 / ours - 1000 / floor:.2f} ms",
        "+1 ms",
    )


def _verifications(sod: bytes, trust: TrustStore) -> list[Callable[[], None]]:
    read = DocumentSecurityObject.read(sod)
    proof = prove(read, trust)
    signer, dsc, csca = proof.signer, proof.dsc, proof.csca
    if dsc is None or csca is None or signer.signed is None:
        raise RuntimeError("a document that verifies has a signer, a CSCA and signed attributes")
    certificate, signature = dsc.signed_parts
    return [
        _verification(dsc.key, signer.scheme, signer.signature, signer.signed),
        _verification(csca.key, dsc.scheme, signature, certificate),
    ]


def _verification(key: PublicKey, scheme: Scheme, signature: bytes, message: bytes) -> Callable[[], None]:
    engine, hashed = key.engine, HASHES[scheme.hash_name]
    if isinstance(engine, ec.EllipticCurvePublicKey):
        curve_key, kind = engine, ec.ECDSA(hashed)
        return lambda: curve_key.verify(signature, message, kind)
    if not isinstance(engine, rsa.RSAPublicKey):
        raise TypeError("cryptography has no such key")
    rsa_key, fill = engine, padding.PKCS1v15()
    if scheme.kind == RSA_PSS:
        pss = padding.PSS(padding.MGF1(HASHES[scheme.mask_hash_name]), scheme.salt_length)
        return lambda: rsa_key.verify(signature, message, pss, hashed)
    return lambda: rsa_key.verify(signature, message, fill, hashed)

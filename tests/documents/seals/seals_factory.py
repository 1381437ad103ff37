"""What the tests of seals share: signers certified here for the keys of others, a policy, and pictures."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import numpy as np
import zxingcpp
from asn1crypto import keys
from PIL import Image
from tests.documents import pki_factory as made
from tests.documents.seals import vectors

from gatehouse.documents.pki.certificates import Certificate
from gatehouse.documents.pki.sources import Kind, Source
from gatehouse.documents.pki.trust import TrustStore
from gatehouse.documents.seals.policy import SealPolicy
from gatehouse.documents.seals.reading import read_seal
from gatehouse.documents.seals.verification import SealVerdict, verify_seal
from gatehouse.kernel.results import Result

ON = date(2026, 11, 22)
SEAL_SIGNING = "2.23.136.1.1.11.1"
POLICY = SealPolicy(
    frozenset({"visa", "residence permit", "icao.vacc", "arrival attestation"}),
    frozenset({SEAL_SIGNING}),
    weak_refused=True,
    version=Source(Kind.SEAL_POLICY, "made", ON, "0" * 64),
)
CSCA = made.csca("UT")


def point(octets: bytes, curve: str) -> keys.PublicKeyInfo:
    parameters = keys.ECDomainParameters(name="named", value=curve)
    algorithm = {"algorithm": "ec", "parameters": parameters}
    return keys.PublicKeyInfo({"algorithm": algorithm, "public_key": keys.ECPointBitString(octets)})


def signer(octets: bytes, curve: str, *, country: str = "UT", common: str = "TS", **options: Any) -> made.Identity:
    """A certificate for somebody else's key, by an authority made here."""
    key = made.elliptic_key()
    options.setdefault("purpose", SEAL_SIGNING)
    return made.issue(made.name(country, common), key, by=CSCA, info=point(octets, curve), **options)


UTTS5B = signer(vectors.UTTS5B, "1.3.36.3.3.2.8.1.1.7", serial=0x5B)
DETS32 = signer(vectors.DETS32, "1.3.36.3.3.2.8.1.1.5", serial=0x32, country="DE")


def trusting(*signers: made.Identity, csca: made.Identity = CSCA) -> TrustStore:
    return TrustStore([Certificate.read(csca.der)], signers=[Certificate.read(each.der) for each in signers])


def judged(data: bytes, *signers: made.Identity, **more: Any) -> SealVerdict:
    trust = more.pop("trust", None) or trusting(*signers)
    return verify_seal(read_seal(data), trust=trust, policy=more.pop("policy", POLICY), on=more.pop("on", ON), **more)


def said(verdict: SealVerdict, check: str) -> tuple[Result, str]:
    found = verdict.check(check)
    return found.result, str(found.reason)


def picture(*payloads: bytes, kind: Any = zxingcpp.BarcodeFormat.DataMatrix, form: str = "PNG") -> bytes:
    drawn = [
        np.array(zxingcpp.write_barcode_to_image(zxingcpp.create_barcode(each, kind), scale=4)) for each in payloads
    ]
    height = max(each.shape[0] for each in drawn) + 80
    page = np.full((height, sum(each.shape[1] + 80 for each in drawn)), 255, dtype=np.uint8)
    left = 40
    for each in drawn:
        page[40 : 40 + each.shape[0], left : left + each.shape[1]] = each
        left += each.shape[1] + 80
    out = io.BytesIO()
    Image.fromarray(page).save(out, form)
    return out.getvalue()

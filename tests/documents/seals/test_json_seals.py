"""Seals in JSON: the specimen of a state, and what is none."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest
from tests.documents.seals import vectors
from tests.documents.seals.seals_factory import (
    judged,
    said,
    signer,
)

from gatehouse.documents.seals import vdsnc
from gatehouse.documents.seals.reading import read_seal
from gatehouse.kernel.errors import UnreadableError
from gatehouse.kernel.results import Result


def vaccination(certificate: bytes, **changes: Any) -> bytes:
    encoded = base64.urlsafe_b64encode(certificate).decode()
    signature = {"alg": "ES256", "cer": encoded, "sigvl": vectors.VACCINATION_SIGNATURE}
    return json.dumps({"data": vectors.VACCINATION, "sig": {**signature, **changes}}, indent=2).encode()


DFAT = signer(vectors.DFAT, "1.2.840.10045.3.1.7", country="AU", common="DFAT")


def test_a_seal_in_json() -> None:
    found = judged(vaccination(DFAT.der))
    assert (found.form, found.document, found.country) == ("VDS-NC", "icao.vacc", "AUS")
    assert said(found, "seal_signature") == (Result.SUCCESSFUL, "the signature is by CN=DFAT,C=AU")
    assert found.result is Result.SUCCESSFUL
    assert {each.name for each in found.features} == {"pid", "uvci", "ve"}


@pytest.mark.parametrize(
    ("changes", "result"),
    [
        ({"alg": "ES384"}, Result.FAILED),
        ({"alg": "none"}, Result.NOT_SUPPORTED),
        ({"sigvl": "AAAA"}, Result.FAILED),
        ({"sigvl": ""}, Result.FAILED),
    ],
)
def test_a_seal_in_json_with_another_signature(changes: dict[str, str], result: Result) -> None:
    found = judged(vaccination(DFAT.der, **changes))
    assert found.check("seal_signature").result is result
    assert found.result is not Result.SUCCESSFUL


def test_a_seal_in_json_by_a_signer_of_documents_is_not_proved() -> None:
    """It brings its own certificate: one that does not say it is for seals is not enough."""
    plain = signer(vectors.DFAT, "1.2.840.10045.3.1.7", country="AU", common="DFAT", purpose=None)
    found = judged(vaccination(plain.der))
    assert found.check("seal_signature").result is found.check("signer_chain").result is Result.SUCCESSFUL
    assert said(found, "signer_purpose") == (Result.UNDETERMINED, "what it is certified to sign is not said")
    assert found.result is Result.UNDETERMINED


def test_a_changed_seal_in_json_fails() -> None:
    assert judged(vaccination(DFAT.der).replace(b"JOHN", b"JOHNX")).result is Result.FAILED


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"{}", "the seal lacks data"),
        (b'{"data": {"hdr": {}, "hdr": {}}}', "a name stands twice"),
        (b'{"data": NaN}', "is no number of JSON"),
        (b'{"data": {"hdr": {"v": 1, "t": 1}, "msg": {}}, "sig": {}}', "the seal lacks t"),
        (b"[" * 100_000, "this is no seal"),
        (b'{"data":' + b'{"a":' * 10_000, "this is not a seal in JSON"),
        (b'{"data":' + b"[" * 17 + b"]" * 17 + b"}", "nested deeper than 16 levels"),
        (b"{" + b"a" * vdsnc.LARGEST, "fits in no barcode"),
    ],
)
def test_json_that_is_no_seal(data: bytes, why: str) -> None:
    with pytest.raises(UnreadableError, match=why):
        read_seal(data)

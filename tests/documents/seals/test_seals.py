"""Seals that others made: what they say, and whether their signatures hold."""

from __future__ import annotations

import base64
import contextlib
import io
from datetime import date
from typing import Any

import pytest
import zxingcpp
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from tests.documents import pki_factory as made
from tests.documents.seals import vectors
from tests.documents.seals.seals_factory import (
    CSCA,
    DETS32,
    ON,
    POLICY,
    SEAL_SIGNING,
    UTTS5B,
    judged,
    picture,
    said,
    signer,
    trusting,
)

from gatehouse.documents.pki.crl import Crl
from gatehouse.documents.seals import barcode, c40
from gatehouse.documents.seals.features import contents
from gatehouse.documents.seals.reading import read_seal
from gatehouse.documents.seals.vds import VisibleSeal
from gatehouse.documents.seals.verification import verify_seal
from gatehouse.kernel.errors import UnreadableError
from gatehouse.kernel.results import Result

_ZONE = "\n6525845096USA7008038M2201018<<<<<<06"


@pytest.mark.parametrize(
    ("data", "document", "signed_by", "features"),
    [
        (
            vectors.RESIDENCE_PERMIT,
            "residence permit",
            ("UTTS", "5B"),
            {"mrz": "ATD<<RESIDORCE<<ROLAND<<<<<<<<<<<<<<" + _ZONE, "passport_number": "UFO001979"},
        ),
        (
            vectors.ADDRESS_STICKER,
            "address sticker of an identity card",
            ("DETS", "32"),
            {"document_number": "T2000AK47", "municipality": "05314000", "address": "53175HEINEMANNSTR11"},
        ),
        (
            vectors.SOCIAL_INSURANCE_CARD,
            "social insurance card",
            ("DETS", "00027"),
            {
                "social_insurance_number": "65170839J003",
                "surname": "Perschweiß",
                "given_names": "Oscar",
                "birth_name": "Jâcobénidicturius",
            },
        ),
        (
            vectors.ARRIVAL_ATTESTATION,
            "arrival attestation",
            ("DETS", "0004F"),
            {"mrz": "MED<<MANNSENS<<MANNY<<<<<<<<<<<<<<<<" + _ZONE, "register_number": "ABC123456DEF"},
        ),
        (
            vectors.VISA,
            "visa",
            ("DETS", "32"),
            {
                "mrz": "VCD<<DENT<<ARTHUR<PHILIP<<<<<<<<<<<<\n1234567XY7GBR5203116M2005250<<<<<<<<",
                "duration_of_stay": {"kind": "from entry", "days": 160, "months": 0, "years": 0},
                "passport_number": "47110815P",
            },
        ),
        (
            vectors.SUPPLEMENTARY_SHEET,
            "supplementary sheet of a residence permit",
            ("UTTS", "5B"),
            {"mrz": "ATD<<RESIDORCE<<ROLAND<<<<<<<<<<<<<<" + _ZONE, "sheet_number": "PA0000005"},
        ),
        (
            vectors.PASSPORT_STICKER,
            "address sticker of a passport",
            ("UTTS", "5B"),
            {"document_number": "PA5500K11", "municipality": "03359010", "postal_code": "21614"},
        ),
        (
            vectors.EMERGENCY_TRAVEL_DOCUMENT,
            "emergency travel document",
            ("UTTS", "5B"),
            {"mrz": "I<GBRSUPAMANN<<MARY<<<<<<<<<<<<<<<<<" + _ZONE},
        ),
        (vectors.UNKNOWN, None, ("UTTS", "5B"), {"0x01": "59e96b0f2d0a", "0x02": "e95545b819f6"}),
    ],
)
def test_what_a_seal_says(
    data: bytes, document: str | None, signed_by: tuple[str, str], features: dict[str, Any]
) -> None:
    seal = read_seal(data)
    assert isinstance(seal, VisibleSeal)
    assert (seal.header.signer, seal.header.reference) == signed_by
    found = contents(seal.header, seal.features)
    assert (found.document, {each.name: each.value for each in found.features}) == (document, features)
    assert found.problems == ()


def test_dates_and_country_of_a_header() -> None:
    seal = read_seal(vectors.VISA)
    assert isinstance(seal, VisibleSeal)
    assert (seal.header.country, seal.header.version) == ("UTO", 4)
    assert (seal.header.issued_on, seal.header.signed_on) == (date(2020, 1, 1), date(2023, 8, 19))


def test_a_seal_by_a_trusted_signer_is_successful() -> None:
    found = judged(vectors.RESIDENCE_PERMIT, UTTS5B)
    assert found.result is Result.SUCCESSFUL
    assert said(found, "seal_signature") == (Result.SUCCESSFUL, "the signature is by CN=TS,C=UT")
    assert said(found, "issuer_state") == (Result.SUCCESSFUL, "the seal is of UTO, the signer of UT")
    assert found.mrz is not None
    assert (found.mrz.document_number, found.mrz.nationality) == ("652584509", "USA")
    assert [each.name for each in found.versions] == ["algorithms.csv", "made"]


def test_a_seal_of_a_neighbours_signer_is_for_a_person_to_judge() -> None:
    """On brainpoolP224r1, with SHA-224 as its order asks for."""
    found = judged(vectors.VISA, DETS32)
    assert said(found, "seal_signature")[0] is Result.SUCCESSFUL
    assert said(found, "issuer_state") == (Result.UNDETERMINED, "the seal is of UTO, but the signer of DE")
    assert found.result is Result.UNDETERMINED


def test_every_changed_bit_of_what_was_signed_fails_or_cannot_be_read() -> None:
    for at in range(len(vectors.RESIDENCE_PERMIT) - 66):
        changed = bytearray(vectors.RESIDENCE_PERMIT)
        changed[at] ^= 1
        with contextlib.suppress(UnreadableError):
            assert judged(bytes(changed), UTTS5B).result is not Result.SUCCESSFUL


def test_without_its_signers_certificate_nothing_is_known() -> None:
    found = judged(vectors.RESIDENCE_PERMIT, DETS32)
    assert said(found, "seal_signature") == (
        Result.UNDETERMINED,
        "no certificate of the signer UTTS with the reference 5B is given",
    )
    assert (found.result, found.signer) == (Result.UNDETERMINED, None)


@pytest.mark.parametrize(
    ("options", "check", "why"),
    [
        ({"last": "2022-01-01"}, "signer_validity", "valid from 2020-01-01 to 2022-01-01, but signed on 2023-07-26"),
        ({"last": "2026-01-01"}, "signer_validity", "valid from 2020-01-01 to 2026-01-01, not on 2026-11-22"),
        ({"purpose": "2.23.136.1.1.3"}, "signer_purpose", "CN=TS,C=UT is certified for something other than seals"),
    ],
)
def test_a_signer_that_may_not_seal(options: dict[str, str], check: str, why: str) -> None:
    found = judged(vectors.RESIDENCE_PERMIT, signer(vectors.UTTS5B, "1.3.36.3.3.2.8.1.1.7", serial=0x5B, **options))
    assert (found.result, said(found, check)) == (Result.FAILED, (Result.FAILED, why))


def test_a_signer_of_an_authority_that_is_not_trusted() -> None:
    found = judged(vectors.RESIDENCE_PERMIT, trust=trusting(UTTS5B, csca=made.csca("UT")))
    assert (found.result, found.check("signer_chain").result) == (Result.FAILED, Result.FAILED)
    found = judged(vectors.RESIDENCE_PERMIT, trust=trusting(UTTS5B, csca=made.csca("XA")))
    assert (found.result, found.check("signer_chain").result) == (Result.UNDETERMINED, Result.UNDETERMINED)


def test_a_revoked_signer() -> None:
    crls = [Crl.read(made.revocation_list(CSCA, 0x5B))]
    assert judged(vectors.RESIDENCE_PERMIT, UTTS5B, crls=crls).result is Result.FAILED


def test_seals_that_the_policy_does_not_accept() -> None:
    found = judged(vectors.EMERGENCY_TRAVEL_DOCUMENT, UTTS5B)
    assert found.check("seal_signature").result is Result.SUCCESSFUL
    assert said(found, "seal_policy") == (
        Result.FAILED,
        "seals of the kind emergency travel document are not accepted",
    )
    unknown = judged(vectors.UNKNOWN, UTTS5B)
    assert unknown.check("seal_policy").result is Result.UNDETERMINED


def sealed(key: ec.EllipticCurvePrivateKey, features: bytes, *, category: bytes = b"\x5d\x01") -> bytes:
    """A visa of Utopia by the signer UTTS with the reference 77."""
    header = vectors.VISA[:4] + vectors.RESIDENCE_PERMIT[4:8] + bytes((0x3A, 0xB1)) + vectors.VISA[10:16] + category
    signed = header + features
    r, s = decode_dss_signature(key.sign(signed, ec.ECDSA(hashes.SHA256())))
    return signed + b"\xff\x40" + r.to_bytes(32, "big") + s.to_bytes(32, "big")


def test_a_visa_that_lacks_what_is_mandatory_is_not_as_defined() -> None:
    key = made.elliptic_key()
    data = sealed(key, b"\x03\x01\x00\x77\x02ab")
    seal = read_seal(data)
    assert isinstance(seal, VisibleSeal)
    by = made.issue(made.name("UT", "TS"), key, by=CSCA, serial=int(seal.header.reference, 16), purpose=SEAL_SIGNING)
    found = judged(data, by)
    assert said(found, "seal_signature")[0] is Result.SUCCESSFUL
    assert said(found, "seal_contents") == (
        Result.FAILED,
        "not as defined: duration_of_stay is missing; passport_number is missing; mrz is missing",
    )
    assert {each.name: each.value for each in found.features} == {"number_of_entries": "unlimited", "0x77": "6162"}


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        (vectors.VISA, "visa"),
        (vectors.VISA.hex().encode(), "visa"),
        (base64.b64encode(vectors.VISA) + b"\n", "visa"),
        (base64.urlsafe_b64encode(vectors.VISA).rstrip(b"="), "visa"),
        (vectors.VISA.decode("latin-1").encode(), "visa"),
        (vectors.VISA + b"\x81\x81", "visa"),
    ],
)
def test_the_forms_in_which_a_seal_comes(form: bytes, expected: str) -> None:
    assert judged(form).document == expected


@pytest.mark.parametrize("form", ["PNG", "JPEG"])
@pytest.mark.parametrize("kind", ["DataMatrix", "QRCode", "Aztec"])
def test_a_picture_of_the_barcode(kind: str, form: str) -> None:
    shown = picture(vectors.RESIDENCE_PERMIT, kind=getattr(zxingcpp.BarcodeFormat, kind), form=form)
    assert judged(shown, UTTS5B).result is Result.SUCCESSFUL


@pytest.mark.parametrize(
    ("payloads", "why"),
    [
        ((), "the picture shows no barcode of a seal"),
        ((b"no seal at all",), "this is no seal"),
        ((vectors.VISA, vectors.RESIDENCE_PERMIT), "the picture shows 2 seals"),
    ],
)
def test_a_picture_without_the_one_seal(payloads: tuple[bytes, ...], why: str) -> None:
    blank = io.BytesIO()
    Image.new("L", (64, 64), 255).save(blank, "PNG")
    with pytest.raises(UnreadableError, match=why):
        read_seal(picture(*payloads) if payloads else blank.getvalue())


def test_a_picture_beyond_the_limits_is_not_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UnreadableError, match="larger than 16 MiB"):
        read_seal(b"\x89PNG\r\n\x1a\n" + bytes(barcode.MOST_BYTES))
    monkeypatch.setattr(barcode, "MOST_PIXELS", 100)
    with pytest.raises(UnreadableError, match="pixels is not read"):
        read_seal(picture(vectors.VISA))


@pytest.mark.parametrize("octets", ["fe00", "de51fe00", "fe45de51", "0000"])
def test_a_c40_text_that_ends_wrongly_is_one_clear_error(octets: str) -> None:
    with pytest.raises(UnreadableError, match="a C40 text"):
        c40.decode(bytes.fromhex(octets))


def test_c40_examples_of_doc_9303_13() -> None:
    """Clause 2.3.1, and appendix C."""
    assert c40.decode(bytes.fromhex("de515826")) == "VISA01"
    assert c40.decode(bytes.fromhex("eb0466a9")) == "XK CD"
    assert c40.decode(bytes.fromhex("eb11fe45")) == "XKCD"


@given(st.binary(max_size=300))
def test_noise_is_unreadable_and_nothing_else(data: bytes) -> None:
    for begun in (data, b"\xdc\x03" + data, vectors.VISA[:18] + data, b'{"data":' + data):
        with contextlib.suppress(UnreadableError):
            verify_seal(read_seal(begun), trust=trusting(UTTS5B), policy=POLICY, on=ON)


@given(st.integers(0, len(vectors.VISA) - 1), st.binary(min_size=1, max_size=4))
def test_a_damaged_seal_is_unreadable_or_not_proved(at: int, damage: bytes) -> None:
    damaged = vectors.VISA[:at] + damage + vectors.VISA[at + len(damage) :]
    with contextlib.suppress(UnreadableError):
        found = judged(damaged, DETS32)
        assert damaged.startswith(vectors.VISA) or found.check("seal_signature").result is not Result.SUCCESSFUL


@given(st.binary(max_size=200))
def test_a_broken_picture_is_unreadable_and_nothing_else(data: bytes) -> None:
    whole = picture(vectors.VISA)
    for broken in (whole[:60] + data, b"\xff\xd8\xff" + data, b"\x89PNG\r\n\x1a\n" + data):
        with contextlib.suppress(UnreadableError):
            read_seal(broken)

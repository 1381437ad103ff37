"""Made-up states: what they issue reads back, authenticates, and fails where it is meant to fail."""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from gatehouse.documents.lds import com, dg1, dg2, dg11, dg12, dg14, dg15
from gatehouse.documents.lds.com import Com
from gatehouse.documents.lds.sod import DocumentSecurityObject
from gatehouse.documents.mrz import parse_mrz
from gatehouse.documents.passive import authenticate
from gatehouse.documents.pki.certificates import Certificate
from gatehouse.documents.pki.crl import Crl
from gatehouse.documents.pki.masterlist import MasterList
from gatehouse.documents.pki.trust import TrustStore
from gatehouse.documents.verdict import Verdict
from gatehouse.kernel.results import Result
from gatehouse.simulation.holders import made_up_holder
from gatehouse.simulation.issuing import ChipKind, Fault, IssuedDocument, Issuer

ON = date(2026, 11, 22)
S, F, U = Result.SUCCESSFUL, Result.FAILED, Result.UNDETERMINED
EVERY_YEAR = range(20, 32)  # holders whose documents are of all signers and both generations


@cache
def issuer() -> Issuer:
    return Issuer("TW", "TWN", seed=1, on=ON)


@cache
def utopia() -> Issuer:
    return Issuer("UT", "UTO", seed=1, on=ON, chips=ChipKind.AA)


def issued(seed: int = 7, fault: Fault | None = None, by: Issuer | None = None) -> IssuedDocument:
    state = by or issuer()
    return state.personalise(made_up_holder(state.country3, seed, on=ON, youngest=18), fault=fault)


def verdict(document: IssuedDocument) -> Verdict:
    groups = {int(name[2:]): data for name, data in document.files.items() if name.startswith("DG")}
    listed = MasterList.read(issuer().master_list([issuer(), utopia()]))
    crls = [Crl.read(issuer().crl()), Crl.read(utopia().crl())]
    return authenticate(
        document.files["SOD"], data_groups=groups, trust=TrustStore(listed.certificates), crls=crls, on=ON
    )


def found(document: IssuedDocument) -> dict[str, Result]:
    return {check.id: check.result for check in verdict(document).checks}


SOUND = {
    "sod_signature": S,
    "dsc_chain": S,
    "dsc_validity": S,
    "revocation": S,
    "dg_hash": S,
    "issuer_state": S,
    "algorithm_policy": S,
}


@pytest.mark.parametrize("seed", EVERY_YEAR)
def test_a_sound_passport_authenticates(seed: int) -> None:
    document = issued(seed)
    assert found(document) == SOUND
    assert verdict(document).result is S
    assert document.issued < ON < document.expires


def test_all_kinds_of_keys_sign() -> None:
    objects = [DocumentSecurityObject.read(issued(seed).files["SOD"]).signed for seed in range(40)]
    signers = {(each.signers[0].scheme.kind, each.certificates[0]) for each in objects}
    assert {(scheme, signer.key.kind, signer.key.explicit) for scheme, signer in signers} == {
        ("RSA-PSS", "RSA", False),
        ("RSA PKCS#1 v1.5", "RSA", False),
        ("ECDSA", "secp256r1", False),
        ("ECDSA", "brainpoolP256r1", True),
    }
    assert len({signer.issuer_key_id for _, signer in signers}) == 2


@pytest.mark.parametrize(
    ("fault", "differing", "result"),
    [
        (Fault.FORGED, {"dsc_chain": F}, F),
        (Fault.UNKNOWN_AUTHORITY, {"dsc_chain": U, "revocation": U}, U),
        (Fault.ALTERED_DG1, {"dg_hash": F}, F),
        (Fault.ALTERED_DG2, {"dg_hash": F}, F),
        (Fault.SWAPPED, {}, S),
        (Fault.REVOKED_SIGNER, {"revocation": F}, F),
        (Fault.LAPSED_SIGNER, {"dsc_validity": F}, S),
        (Fault.EXPIRED, {}, S),
    ],
)
@pytest.mark.parametrize("seed", [7, 8])
def test_a_fault_is_found_by_its_check_alone(
    fault: Fault, differing: dict[str, Result], result: Result, seed: int
) -> None:
    document = issued(seed, fault)
    assert found(document) == SOUND | differing
    assert verdict(document).result is result


def test_every_fault_is_tried() -> None:
    assert len(Fault) == 8


def test_a_swapped_chip_is_another_persons() -> None:
    document = issued(fault=Fault.SWAPPED)
    chip = dg1.read(document.files["DG1"])
    assert chip.lines != document.mrz_lines
    assert parse_mrz("\n".join(chip.lines), on=ON).valid
    assert dg2.read(document.files["DG2"]).faces[0].image != document.portrait


@pytest.mark.parametrize("fault", [fault for fault in Fault if fault is not Fault.SWAPPED])
def test_but_for_a_swapped_chip_page_and_chip_agree(fault: Fault) -> None:
    document = issued(fault=fault)
    assert dg1.read(document.files["DG1"]).lines == document.mrz_lines


def test_an_altered_date_of_expiry_is_five_years_later() -> None:
    assert issued(fault=Fault.ALTERED_DG1).expires.year == issued().expires.year + 5


@pytest.mark.parametrize("youngest", [0, 18])
def test_an_expired_passport_has_expired(youngest: int) -> None:
    for seed in range(30):
        holder = made_up_holder("TWN", seed, on=ON, youngest=youngest)
        document = issuer().personalise(holder, fault=Fault.EXPIRED)
        assert holder.birth_date <= document.issued <= document.expires < ON


def test_the_files_read_back() -> None:
    document = issued()
    holder = document.holder
    assert holder.full_name is not None
    zone = parse_mrz("\n".join(document.mrz_lines), on=ON)
    assert zone.valid
    assert (zone.issuer, zone.document_number) == ("TWN", document.document_number)
    assert (zone.birth_date, zone.expiry_date) == (holder.birth_date.isoformat(), document.expires.isoformat())
    (face,) = dg2.read(document.files["DG2"]).faces
    assert (face.image, face.described.sex) == (document.portrait, holder.sex)
    assert (face.described.width, face.described.height) == (face.width, face.height) == (240, 320)
    more = dg11.read(document.files["DG11"])
    assert (more.full_name, more.birth_date) == (holder.full_name, holder.birth_date.isoformat())
    about = dg12.read(document.files["DG12"])
    assert about == dg12.Dg12("Simulated Passport Office TWN", document.issued.isoformat())
    (pace,) = dg14.read(document.files["DG14"]).infos
    assert (pace.name, pace.parameter_id) == ("id-PACE-ECDH-GM-AES-CBC-CMAC-256", 13)


@pytest.mark.parametrize("seed", EVERY_YEAR)
def test_ef_com_and_ef_sod_tell_the_same_version_and_files(seed: int) -> None:
    document = issued(seed)
    sod = DocumentSecurityObject.read(document.files["SOD"])
    tags = (0x61, 0x75, 0x6B, 0x6C, 0x6E)
    assert set(sod.hashes) == {1, 2, 11, 12, 14}
    if document.issued.year >= 2022:
        assert (sod.version, sod.lds_version) == (1, "0108")
        assert com.read(document.files["COM"]) == Com("1.8", "4.0.0", tags)
    else:
        assert (sod.version, sod.lds_version) == (0, None)
        assert com.read(document.files["COM"]) == Com("1.7", "4.0.0", tags)


def test_a_chip_with_active_authentication_has_its_own_key() -> None:
    first, second = issued(7, by=utopia()), issued(8, by=utopia())
    assert found(first) == SOUND
    active = first.image.active_key
    assert isinstance(active, ec.EllipticCurvePrivateKey)
    key = dg15.read(first.files["DG15"]).key
    assert (key.kind, key.curve) == ("EC", "secp256r1")
    numbers = active.public_key().public_numbers()
    assert key.der.endswith(numbers.x.to_bytes(32, "big") + numbers.y.to_bytes(32, "big"))
    assert first.files["DG15"] != second.files["DG15"]
    assert issued().image.active_key is None


def test_the_same_seed_gives_the_same_document_but_for_its_signature() -> None:
    first, again = issued(), Issuer("TW", "TWN", seed=1, on=ON).personalise(issued().holder)
    assert {name for name in first.files if first.files[name] != again.files[name]} == {"SOD"}
    assert (first.mrz_lines, first.portrait) == (again.mrz_lines, again.portrait)


def test_numbers_of_a_state_are_all_different() -> None:
    assert len({issued(seed).document_number for seed in range(300)}) == 300


def test_every_certificate_says_that_it_is_simulated() -> None:
    older, newer, link = (Certificate.read(der) for der in issuer().csca_certificates())
    name = "CN=Simulated CSCA,O=Gatehouse Simulation,C=TW"
    assert {older.subject.text, newer.subject.text, link.subject.text} == {name}
    assert older.is_signed_by(older)
    assert newer.is_signed_by(newer)
    assert link.is_signed_by(older)
    assert link.key.engine == newer.key.engine
    (signer,) = DocumentSecurityObject.read(issued().files["SOD"]).signed.certificates
    assert "O=Gatehouse Simulation" in signer.subject.text


def test_the_master_list_chains_to_the_publisher() -> None:
    listed = MasterList.read(issuer().master_list([issuer(), utopia()]))
    assert len(listed.certificates) == 6
    assert listed.rejected == ()
    assert listed.countries == {"TW", "UT"}
    _, check = listed.verify(Certificate.read(issuer().csca_certificates()[1]))
    assert check.result is S
    _, elsewhere = listed.verify(Certificate.read(utopia().csca_certificates()[1]))
    assert elsewhere.result is F


def test_the_revocation_list_is_of_the_day() -> None:
    listed = Crl.read(issuer().crl())
    assert listed.is_current(ON)
    assert listed.is_signed_by([Certificate.read(issuer().csca_certificates()[1])])
    assert len(listed.revoked) == 1

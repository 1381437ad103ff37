"""Defect and deviation lists in passive authentication, by lists made here: none of a state's is public."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from asn1crypto import core
from hypothesis import given
from hypothesis import strategies as st
from tests.documents import lists_factory as lists
from tests.documents import pki_factory as made

from gatehouse.documents.passive import authenticate
from gatehouse.documents.pki import defects, deviations
from gatehouse.documents.pki.certificates import Certificate
from gatehouse.documents.pki.defects import DefectList
from gatehouse.documents.pki.deviations import DeviationList
from gatehouse.documents.pki.trust import TrustStore
from gatehouse.documents.tlv import compose
from gatehouse.documents.verdict import Verdict
from gatehouse.kernel.errors import UnreadableError
from gatehouse.kernel.results import Result

ON = date(2026, 11, 22)
DG2 = b"\x75\x03abc"
GROUPS = {1: made.DG1, 2: DG2}
CSCA = made.csca()
DSC = made.dsc(CSCA)
GOOD = made.sod(DSC, GROUPS)
#: Who signs the agency's defect lists: another authority than any that issues documents.
ROOT = made.csca("XA", "National PKD")
SIGNER = made.issue(
    made.name("XA", "Defect lists"), made.elliptic_key(), by=ROOT, serial=9, purpose=lists.DEFECT_SIGNING
)
DEVIATIONS = made.issue(made.name("UT", "Deviations"), made.elliptic_key(), by=CSCA, purpose=lists.DEVIATION_SIGNING)
BY_NAME = lists.issuer_and_serial(DSC)


def trusting(folder: Path, *files: bytes, authorities: Sequence[made.Identity] = (CSCA,)) -> TrustStore:
    for number, data in enumerate((*(each.der for each in authorities), *files)):
        (folder / f"{number}.der").write_bytes(data)
    return TrustStore.load([folder], pinned=[Certificate.read(ROOT.der)])


def judged(trust: TrustStore, sod: bytes = GOOD, groups: dict[int, bytes] | None = None) -> Verdict:
    return authenticate(sod, data_groups=groups or GROUPS, trust=trust, on=ON)


def said(verdict: Verdict, check: str) -> tuple[Result, str]:
    found = verdict.check(check)
    return found.result, str(found.reason)


def test_a_signer_without_defects(tmp_path: Path) -> None:
    other = lists.defect(lists.issuer_and_serial(made.dsc(CSCA, serial=7)), lists.known(defects.SOD_INVALID))
    found = judged(trusting(tmp_path, lists.defect_list(SIGNER, other)))
    assert found.result is Result.SUCCESSFUL
    assert said(found, "known_defects") == (Result.SUCCESSFUL, "no list knows of a defect of this signer's documents")
    assert [version.kind.value for version in found.versions] == ["certificate", "defect list", "algorithm policy"]


def test_without_lists_nothing_is_said_of_defects(tmp_path: Path) -> None:
    assert "known_defects" not in {check.id for check in judged(trusting(tmp_path)).checks}


@pytest.mark.parametrize(
    ("code", "revocation", "result"),
    [
        (0, Result.FAILED, Result.FAILED),
        (1, Result.UNDETERMINED, Result.UNDETERMINED),
        (2, Result.FAILED, Result.FAILED),
        (3, Result.FAILED, Result.FAILED),
        (4, Result.FAILED, Result.FAILED),
        (5, Result.UNDETERMINED, Result.UNDETERMINED),
        (32, Result.UNDETERMINED, Result.UNDETERMINED),
    ],
)
def test_a_revoked_signer_by_its_status_code(tmp_path: Path, code: int, revocation: Result, result: Result) -> None:
    """BSI TR-03135-1 v2.5, table 5.54."""
    entry = lists.defect(BY_NAME, lists.known(defects.CERT_REVOKED, lists.enumerated(code)))
    found = judged(trusting(tmp_path, lists.defect_list(SIGNER, entry)))
    assert (found.check("revocation").result, found.result) == (revocation, result)
    assert found.check("dsc_chain").result is Result.UNDETERMINED
    assert [each.kind for each in found.defects] == [defects.CERT_REVOKED]


@pytest.mark.parametrize("how", ["name", "key", "digest", "name and digest"])
def test_the_ways_to_name_a_signer(tmp_path: Path, how: str) -> None:
    key = DSC.certificate.key_identifier
    named = {"name": BY_NAME, "key": compose(0x80, key), "digest": b"", "name and digest": BY_NAME}[how]
    hashed = hashlib.sha256(DSC.der).digest() if "digest" in how else b""
    entry = lists.defect(named, lists.known_v2(defects.CERT_REVOKED, lists.enumerated(3)), certificate_hash=hashed)
    found = judged(trusting(tmp_path, lists.defect_list(SIGNER, entry, version=1)))
    assert said(found, "revocation")[0] is Result.FAILED


def test_a_digest_of_another_certificate_narrows_a_name(tmp_path: Path) -> None:
    known = lists.known(defects.CERT_REVOKED, lists.enumerated(3))
    entry = lists.defect(BY_NAME, known, certificate_hash=hashlib.sha256(b"another").digest())
    assert judged(trusting(tmp_path, lists.defect_list(SIGNER, entry))).result is Result.SUCCESSFUL


@pytest.mark.parametrize(("code", "expected"), [(0, Result.SUCCESSFUL), (1, Result.NOT_SUPPORTED)])
def test_a_wrong_validity_of_the_signer_is_not_supported(tmp_path: Path, code: int, expected: Result) -> None:
    entry = lists.defect(BY_NAME, lists.known(defects.VALIDITY_INCORRECT, lists.enumerated(code)))
    found = judged(trusting(tmp_path, lists.defect_list(SIGNER, entry)))
    assert (found.check("dsc_validity").result, found.result) == (expected, Result.SUCCESSFUL)


def test_a_wrong_signature_that_is_known_of_is_undetermined_and_proves_nothing(tmp_path: Path) -> None:
    entry = lists.defect(BY_NAME, lists.known(defects.SOD_INVALID))
    trust = trusting(tmp_path, lists.defect_list(SIGNER, entry))
    found = judged(trust, made.sod(DSC, GROUPS, digest=b"\0" * 32))
    assert said(found, "sod_signature") == (
        Result.UNDETERMINED,
        "known from 1.der of 2024-06-01: the signature of EF.SOD may be wrong",
    )
    assert found.result is Result.UNDETERMINED
    assert judged(trust).result is Result.SUCCESSFUL


def test_a_defect_that_nobody_here_can_interpret_forbids_the_chip(tmp_path: Path) -> None:
    entry = lists.defect(BY_NAME, lists.known(f"{defects.CONTENT_TYPE}.1.99"))
    found = judged(trusting(tmp_path, lists.defect_list(SIGNER, entry)))
    assert found.check("sod_signature").result is Result.NOT_SUPPORTED
    assert found.result is Result.UNDETERMINED


def test_the_right_country_of_a_signer_is_taken_from_the_list(tmp_path: Path) -> None:
    wrong = made.issue(made.name("XX", "DS Utopia"), made.elliptic_key(), by=CSCA, serial=0x1002)
    corrected = lists.known(defects.ISSUING_COUNTRY, core.PrintableString("UT").dump())
    listed = lists.defect_list(SIGNER, lists.defect(lists.issuer_and_serial(wrong), corrected))
    sod = made.sod(wrong, GROUPS)
    plain = authenticate(sod, data_groups=GROUPS, trust=TrustStore([Certificate.read(CSCA.der)]), on=ON)
    assert plain.check("issuer_state").result is Result.FAILED
    assert judged(trusting(tmp_path, listed), sod).result is Result.SUCCESSFUL


def test_a_replacement_takes_the_place_of_a_malformed_certificate(tmp_path: Path) -> None:
    """The embedded one cannot be read; the one of the list is self-signed, as TR-03129-2 7.3.1.2 allows."""
    replacement = made.issue(DSC.subject, DSC.key, serial=0x1001)
    listed = lists.known(defects.CERT_REPLACED, core.OctetString(replacement.der).dump())
    trust = trusting(tmp_path, lists.defect_list(SIGNER, lists.defect(BY_NAME, listed)))
    malformed = made.sod(DSC, GROUPS, certificates=[])
    found = judged(trust, malformed)
    assert said(found, "sod_signature")[0] is Result.SUCCESSFUL
    assert said(found, "dsc_chain") == (
        Result.SUCCESSFUL,
        "the defect list 1.der of 2024-06-01 gives the certificate of CN=DS Utopia,C=UT for a malformed one",
    )
    forged = made.sod(made.dsc(CSCA, serial=0x1001), GROUPS, certificates=[])
    assert judged(trust, forged).result is Result.FAILED


@pytest.mark.parametrize(
    ("signer", "why"),
    [
        (
            made.issue(made.name("XA", "Else"), made.elliptic_key(), by=ROOT, purpose="2.23.136.1.1.3"),
            "is not a signer",
        ),
        (made.issue(made.name("XB", "S"), made.elliptic_key(), purpose=lists.DEFECT_SIGNING), "does not chain"),
    ],
)
def test_a_defect_list_of_somebody_else_is_not_used(tmp_path: Path, signer: made.Identity, why: str) -> None:
    entry = lists.defect(BY_NAME, lists.known(defects.CERT_REVOKED, lists.enumerated(3)))
    trust = trusting(tmp_path, lists.defect_list(signer, entry))
    assert trust.defects == ()
    assert why in str(trust.rejected[0].reason)
    assert judged(trust).result is Result.SUCCESSFUL


def test_a_deviation_excuses_a_wrong_hash_of_the_group_it_names(tmp_path: Path) -> None:
    documents = [compose(0x80, b"P"), compose(0xA5, compose(0x13, b"L898902C3"))]
    entry = lists.deviation(documents, lists.description(deviations.GROUP_HASH, 2, "DG2 of 2024"))
    trust = trusting(tmp_path, lists.deviation_list(DEVIATIONS, entry))
    found = judged(trust, groups={1: made.DG1, 2: b"\x75\x03abd"})
    assert said(found, "dg_hash") == (
        Result.UNDETERMINED,
        "known from 1.der of 2024-06-01: hashes of data groups are wrong",
    )
    assert found.result is Result.UNDETERMINED
    changed = made.DG1.replace(b"ANNA", b"EMMA")
    assert judged(trust, groups={1: changed, 2: DG2}).result is Result.FAILED


@pytest.mark.parametrize(
    "documents",
    [
        [compose(0x80, b"ID")],
        [compose(0xA5, compose(0x13, b"L898902C4"))],
        [compose(0x82, b"\1" * 20)],
        [compose(0x80, b"P"), compose(0xA1, *map(bytes, (made.name("UT", "X").dump(), core.Integer(1).dump())))],
    ],
)
def test_a_deviation_of_other_documents_excuses_nothing(tmp_path: Path, documents: list[bytes]) -> None:
    entry = lists.deviation(documents, lists.description(deviations.GROUP_HASH))
    trust = trusting(tmp_path, lists.deviation_list(DEVIATIONS, entry))
    assert judged(trust, groups={1: made.DG1, 2: b"\x75\x03abd"}).result is Result.FAILED


def test_a_state_does_not_excuse_the_documents_of_another(tmp_path: Path) -> None:
    foreign = made.csca("XX", "CSCA")
    signer = made.issue(made.name("XX", "Dev"), made.elliptic_key(), by=foreign, purpose=lists.DEVIATION_SIGNING)
    listed = lists.deviation_list(signer, lists.deviation([], lists.description(deviations.GROUP_HASH)))
    trust = trusting(tmp_path, listed, authorities=(CSCA, foreign))
    assert len(trust.deviations) == 1
    found = judged(trust, groups={1: made.DG1, 2: b"\x75\x03abd"})
    assert found.result is Result.FAILED
    assert "deviation list" not in {version.kind.value for version in found.versions}


def test_issuing_dates_narrow_a_deviation_where_the_day_is_known(tmp_path: Path) -> None:
    period = compose(0xA4, *(compose(0x18, f"{each}000000Z".encode()) for each in ("20240101", "20241231")))
    entry = lists.deviation([period], lists.description(deviations.GROUP_HASH))
    trust = trusting(tmp_path, lists.deviation_list(DEVIATIONS, entry))
    listed = trust.deviations[0].deviations[0]
    dsc = Certificate.read(DSC.der)
    for day, expected in ((date(2024, 6, 1), True), (date(2025, 1, 1), False), (None, True)):
        assert listed.concerns(document_type="P", number="", dsc=dsc, issued_on=day) is expected


def test_a_digest_by_an_unknown_hash_names_nobody(tmp_path: Path) -> None:
    """A deviation list need not say its hash; without it a digest is of no certificate."""
    entry = lists.deviation([compose(0x83, b"\0" * 32)], lists.description(deviations.GROUP_HASH))
    trust = trusting(tmp_path, lists.deviation_list(DEVIATIONS, entry))
    assert judged(trust, groups={1: made.DG1, 2: b"\x75\x03abd"}).result is Result.FAILED


DEFECTS = lists.defect_list(
    SIGNER,
    lists.defect(BY_NAME, lists.known(defects.CERT_REVOKED, lists.enumerated(3)), certificate_hash=b"\1" * 32),
    lists.defect(compose(0x80, b"\2" * 20), lists.known_v2(defects.GROUP_MALFORMED, compose(0x31, b"\x02\x01\x02"))),
)
_NAMED = [compose(0x80, b"P"), compose(0xA1, BY_NAME[2:])]
LISTED = lists.deviation_list(DEVIATIONS, lists.deviation(_NAMED, lists.description(deviations.GROUP_HASH, 2, "x")))


@given(st.sampled_from([DEFECTS, LISTED]), st.integers(0, 900), st.binary(min_size=1, max_size=6))
def test_a_damaged_list_is_unreadable_and_nothing_else(data: bytes, at: int, damage: bytes) -> None:
    damaged = data[:at] + damage + data[at + len(damage) :]
    for kind in (DefectList, DeviationList):
        with contextlib.suppress(UnreadableError):
            kind.read(damaged).verify(Certificate.read(ROOT.der))


def test_the_groups_that_a_defect_names() -> None:
    read = DefectList.read(DEFECTS)
    assert sorted(known.groups for entry in read.defects for known in entry.known) == [(), (2,)]

"""Passive authentication of real documents: their security objects against the master lists of DE and NL."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import pytest
from tests.conformance import conformance

from gatehouse.documents.passive import authenticate
from gatehouse.documents.pki.trust import TrustStore
from gatehouse.documents.verdict import SignerName, Verdict
from gatehouse.kernel.results import Result

ON = date(2026, 11, 22)
LISTS = ("DE_ML_2026-01-08-12-20-54.ml", "NL_ML_2026-03-11.ml")
INDONESIA = (
    "IDN_2010-12_CSCA.cer",
    "IDN_2016-01_CSCA.cer",
    "IDN_2016-01_CSCA_LINK.cer",
    "IDN_2020-10_CSCA.cer",
    "IDN_2020-10_CSCA_LINK.cer",
)
INDONESIAN_DSC = "CN=DS,OU=DITJEN IMIGRASI,O=DIT SISTIK,C=ID"
GERMAN_DSC = "CN=Document Signer Passport,serialNumber=152,O=Bundesdruckerei GmbH,C=DE"


@cache
def trust(*names: str) -> TrustStore:
    return TrustStore.load(conformance(f"documents/master-lists/{name}") for name in names)


def sod(name: str) -> bytes:
    return conformance(f"documents/sods/{name}.bin").read_bytes()


def verdict(name: str, *names: str) -> Verdict:
    return authenticate(sod(name), data_groups={}, trust=trust(*names), on=ON)


@pytest.mark.parametrize(
    ("name", "signer", "csca_serial", "validity"),
    [
        (
            "AT-1",
            SignerName("AT", "CN=DS-AUSTRIA-eMRTD,serialNumber=004015,OU=BMI,O=GV,C=AT", "6189DB18B6EDE857"),
            "047F",
            "valid at signing on 2023-03-17, and on 2026-11-22",
        ),
        (
            "DE-1",
            SignerName("DE", GERMAN_DSC, "04A8"),
            "048B",
            "valid from 2023-01-04 to 2033-07-04; when it signed is not said",
        ),
        (
            "FI-1",
            SignerName("FI", "C=FI,O=Finland,CN=ICAO Compliant Document Signer for Identity Cards", "9EB12B"),
            "9EB100",
            "valid from 2023-07-30 to 2028-10-30; when it signed is not said",
        ),
        (
            "FR-1",
            SignerName(
                "FR",
                "serialNumber=201707181355550,CN=HSM-DS2,OU=Document Signer,O=Gouv,C=FR",
                "1121A518DFA6CEFF481E5299E4F27FC32A77",
            ),
            "11201424CC5C44173F33CDF3F6D1DBF38E52",
            "valid at signing on 2017-09-05, and on 2026-11-22",
        ),
        (
            "NZ-1",
            SignerName(
                "NZ",
                "CN=Document Signer 201710020001,OU=MRTD,OU=Passports,O=Government of New Zealand,C=NZ",
                "42E57A41",
            ),
            "42E578F1",
            "valid at signing on 2017-11-15, and on 2026-11-22",
        ),
    ],
)
def test_a_real_document_verifies_up_to_its_csca(
    name: str, signer: SignerName, csca_serial: str, validity: str
) -> None:
    found = verdict(name, *LISTS)
    assert (found.result, found.signer) == (Result.SUCCESSFUL, signer)
    assert str(found.check("sod_signature").reason) == f"signed by {signer.subject}, serial {signer.serial}"
    assert str(found.check("dsc_chain").reason).endswith(f", serial {csca_serial}")
    assert str(found.check("dsc_validity").reason) == validity
    assert {check.id: check.result for check in found.checks} == {
        "sod_signature": Result.SUCCESSFUL,
        "dsc_chain": Result.SUCCESSFUL,
        "dsc_validity": Result.SUCCESSFUL,
        "revocation": Result.UNDETERMINED,
        "dg_hash": Result.UNDETERMINED,
        "issuer_state": Result.UNDETERMINED,
        "algorithm_policy": Result.SUCCESSFUL,
    }


def test_malaysia_names_its_signer_otherwise_than_its_certificate_does() -> None:
    found = verdict("MY-1", *LISTS)
    assert (found.result, found.signer and found.signer.serial) == (Result.SUCCESSFUL, "69EE7DA36620DFAB")
    assert str(found.check("sod_signature").reason) == (
        "signed by the certificate that EF.SOD holds, C=MY,ST=Johor,L=Johor,O=Jabatan Imigresen Malaysia,"
        "OU=Bahagian Keselamatan dan Pasport,CN=Malaysia Doc Signer, though EF.SOD names it as "
        "CN=Malaysia Country Signer,OU=Bahagian Keselamatan dan Pasport,L=Putrajaya,ST=WP,"
        "O=Jabatan Imigresen Malaysia,C=MY, serial 69EE7DA36620DFAB"
    )
    assert str(found.check("dsc_chain").reason) == (
        "issued by the CSCA CN=Malaysia Country Signer,OU=Bahagian Keselamatan dan Pasport,"
        "O=Jabatan Imigresen Malaysia,L=Putrajaya,ST=WP,C=MY, serial 3C99DFD4C3F358E8"
    )


def test_indonesia_is_undetermined_without_its_csca() -> None:
    found = verdict("ID-1", *LISTS)
    assert (found.result, found.check("dsc_chain").result) == (Result.UNDETERMINED, Result.UNDETERMINED)
    assert str(found.check("dsc_chain").reason) == (
        "no CSCA named CN=CSCA,OU=DITJEN IMIGRASI,O=DIT SISTIK,C=ID is trusted"
    )
    assert found.signer == SignerName("ID", INDONESIAN_DSC, "68F18301BBB731D4")


def test_indonesia_verifies_with_its_own_certificates() -> None:
    found = verdict("ID-1", *INDONESIA)
    assert found.result is Result.SUCCESSFUL
    assert str(found.check("dsc_chain").reason) == (
        "issued by the CSCA CN=CSCA,OU=DITJEN IMIGRASI,O=DIT SISTIK,C=ID, serial 2599E901C043B8ED"
    )


def test_indonesia_verifies_through_its_link_certificate() -> None:
    found = verdict("ID-1", "IDN_2016-01_CSCA.cer", "IDN_2020-10_CSCA_LINK.cer")
    assert found.result is Result.SUCCESSFUL
    assert str(found.check("dsc_chain").reason) == (
        "issued by the CSCA CN=CSCA,OU=DITJEN IMIGRASI,O=DIT SISTIK,C=ID, link certificate with serial "
        "336FAA174F97C82A from C=ID,O=DIT SISTIK,OU=DITJEN IMIGRASI,CN=CSCA"
    )


def test_the_tampered_document_fails_at_its_signature_alone() -> None:
    found = verdict("DE-2-tampered", *LISTS)
    assert (found.result, found.signer) == (Result.FAILED, SignerName("DE", GERMAN_DSC, "04A8"))
    assert found.check("sod_signature").result is Result.FAILED
    assert str(found.check("sod_signature").reason) == f"the signature does not match the key of {GERMAN_DSC}"
    assert found.check("dsc_chain").result is Result.SUCCESSFUL


@pytest.mark.parametrize("name", ["AT-1", "DE-1", "FI-1", "FR-1", "MY-1", "NZ-1"])
def test_no_document_verifies_with_the_csca_of_another_state(name: str) -> None:
    found = verdict(name, *INDONESIA)
    assert (found.result, found.check("dsc_chain").result) == (Result.UNDETERMINED, Result.UNDETERMINED)


def test_a_folder_is_trusted_as_its_files_are() -> None:
    folder: Path = conformance("documents/master-lists")
    store = TrustStore.load([folder])
    assert (len(store.certificates), store.rejected) == (621, ())
    assert authenticate(sod("ID-1"), data_groups={}, trust=store, on=ON).result is Result.SUCCESSFUL


def specimen(*numbers: int) -> Verdict:
    folder = conformance("documents/specimen-bsi-2008")
    groups = {number: (folder / f"EF_DG{number}.bin").read_bytes() for number in numbers}
    return authenticate((folder / "EF_SOD.bin").read_bytes(), data_groups=groups, trust=trust(*LISTS), on=ON)


def test_the_specimen_has_unchanged_data_and_weak_algorithms() -> None:
    found = specimen(1, 2, 3, 14)
    assert found.signer == SignerName(
        "DE", "serialNumber=1.2.276.0.80.1.12.0.20.10.1.2,CN=DS,O=BundesDruckerei GmbH,C=DE", "1267"
    )
    written = found.as_dict()
    assert [(each["kind"], each["name"], each["date"]) for each in written.pop("versions")] == [
        ("master list", "DE_ML_2026-01-08-12-20-54.ml", "2026-01-08"),
        ("master list", "NL_ML_2026-03-11.ml", "2026-03-11"),
        ("algorithm policy", "algorithms.csv", "2026-11-22"),
    ]
    assert written == {
        "result": "undetermined",
        "signer": found.signer.as_dict(),
        "checks": [
            {
                "id": "sod_signature",
                "result": "successful",
                "reason": f"signed by {found.signer.subject}, serial 1267",
            },
            {
                "id": "dsc_chain",
                "result": "undetermined",
                "reason": "no CSCA named CN=CSCA BDR TEST 19.09.07 is trusted",
            },
            {
                "id": "dsc_validity",
                "result": "undetermined",
                "reason": "valid from 2008-01-28 to 2009-01-27, not on 2026-11-22; when it signed is not said",
            },
            {"id": "revocation", "result": "undetermined", "reason": "no revocation list was given"},
            {"id": "dg_hash", "result": "successful", "reason": "unchanged: DG1, DG2, DG3, DG14"},
            {"id": "issuer_state", "result": "successful", "reason": "the MRZ is of D, the signer of DE"},
            {
                "id": "algorithm_policy",
                "result": "failed",
                "reason": "weak algorithms (data groups: SHA-1 since 2014-01-01; SOD: SHA-1 since 2014-01-01; "
                "DSC: SHA-1 since 2014-01-01); explicit elliptic curve parameters (SOD)",
            },
        ],
    }


def test_a_data_group_that_the_specimen_does_not_list_fails() -> None:
    found = specimen(1, 4, 15)
    assert (found.result, found.check("dg_hash").result) == (Result.FAILED, Result.FAILED)
    assert str(found.check("dg_hash").reason) == "not listed in EF.SOD, so not signed: DG4, DG15"

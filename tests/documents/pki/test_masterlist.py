"""CSCA master lists of DE and NL, with `openssl cms` as an oracle, and made-up ones that are wrong."""

from __future__ import annotations

import shutil
import subprocess
from collections import Counter
from pathlib import Path

import pytest
from tests.absence import absent
from tests.conformance import conformance
from tests.documents import pki_factory as made

from gatehouse.documents.pki.certificates import Certificate
from gatehouse.documents.pki.masterlist import MasterList
from gatehouse.kernel.errors import UnreadableError
from gatehouse.kernel.results import Result

DE_OLD, DE_NEW, NL = "DE_ML_2025-11-27-07-39-21.ml", "DE_ML_2026-01-08-12-20-54.ml", "NL_ML_2026-03-11.ml"
DE_ROOT, NL_ROOT = "DE_ROOT_CA_CSCA07.cer", "NL_ROOT_CA.cer"
DE_SIGNER = "CN=CSCA Master List Signer,serialNumber=0039,OU=bsi,O=bund,C=DE"
NL_SIGNER = "C=NL,O=Kingdom of the Netherlands,OU=Kingdom of the Netherlands,CN=Masterlist Signer NL,serialNumber=8"
MASTER_LIST_SIGNING = "2.23.136.1.1.3"
ROOT = made.csca()
SIGNER = made.issue(made.name("UT", "Master List Signer"), made.elliptic_key(), by=ROOT, purpose=MASTER_LIST_SIGNING)


def path(name: str) -> Path:
    return conformance(f"documents/master-lists/{name}")


def real(name: str) -> MasterList:
    return MasterList.read(path(name).read_bytes())


def root(name: str) -> Certificate:
    return Certificate.read(path(name).read_bytes())


@pytest.mark.parametrize(
    ("name", "certificates", "countries", "taiwan"), [(DE_OLD, 577, 112, 6), (DE_NEW, 581, 112, 6), (NL, 397, 125, 4)]
)
def test_every_certificate_of_a_real_list_is_read(name: str, certificates: int, countries: int, taiwan: int) -> None:
    read = real(name)
    assert (len(read.certificates), read.rejected, len(read.countries)) == (certificates, (), countries)
    assert len({each.sha256 for each in read.certificates}) == certificates
    assert Counter(each.country for each in read.certificates)["TW"] == taiwan


def test_what_changed_between_two_successive_lists() -> None:
    old, new = ({each.sha256 for each in real(name).certificates} for name in (DE_OLD, DE_NEW))
    assert (len(new - old), len(old - new)) == (8, 4)


@pytest.mark.parametrize(
    ("name", "pinned", "subject", "serial"),
    [(DE_NEW, DE_ROOT, DE_SIGNER, "04D5"), (NL, NL_ROOT, NL_SIGNER, "69005E1C")],
)
def test_the_signer_chains_to_its_root_and_to_no_other(name: str, pinned: str, subject: str, serial: str) -> None:
    read = real(name)
    certificate, check = read.verify(root(pinned))
    assert certificate is not None
    assert ((certificate.subject.text, certificate.serial_hex), check.result) == ((subject, serial), Result.SUCCESSFUL)
    other = NL_ROOT if pinned == DE_ROOT else DE_ROOT
    assert read.verify(root(other))[1].result is Result.FAILED


@pytest.mark.parametrize("name", [DE_OLD, DE_NEW, NL])
def test_openssl_finds_the_same_content_signed(name: str, tmp_path: Path) -> None:
    openssl = shutil.which("openssl")
    if openssl is None:
        absent("the program openssl")
    out = tmp_path / "content"
    command = [openssl, "cms", "-verify", "-noverify", "-inform", "der", "-in", str(path(name)), "-out", str(out)]
    subprocess.run(command, check=True, capture_output=True)
    assert out.read_bytes() == real(name).signed.content


def test_one_changed_byte_of_a_real_list_is_found() -> None:
    data = bytearray(path(NL).read_bytes())
    data[len(data) // 2] ^= 1
    assert MasterList.read(bytes(data)).verify(root(NL_ROOT))[1].result is Result.FAILED


def verified(data: bytes, pinned: made.Identity = ROOT) -> tuple[Result, str]:
    check = MasterList.read(data).verify(Certificate.read(pinned.der))[1]
    return check.result, str(check.reason)


def test_a_document_signer_of_the_same_state_issues_no_list() -> None:
    impostor = made.dsc(ROOT)
    assert verified(made.master_list(impostor, ROOT.der)) == (
        Result.FAILED,
        "CN=DS Utopia,C=UT is not a signer of master lists",
    )


def test_the_signer_is_reached_through_a_link_certificate() -> None:
    rekeyed = made.csca(serial=2)
    link = made.issue(ROOT.subject, rekeyed.key, by=ROOT, ca=True, serial=3)
    signer = made.issue(made.name("UT", "MLS"), made.elliptic_key(), by=rekeyed, purpose=MASTER_LIST_SIGNING)
    assert verified(made.master_list(signer, embedded=(rekeyed.der, link.der)))[0] is Result.SUCCESSFUL
    assert verified(made.master_list(signer, embedded=(rekeyed.der,)))[0] is Result.FAILED


def test_a_certificate_that_cannot_serve_is_rejected_with_its_reason() -> None:
    key = made.elliptic_key()
    forged = made.csca(common="Forged", key=key, info=made.explicit_info(key, gx=5))
    plain = made.dsc(ROOT)
    read = MasterList.read(made.master_list(SIGNER, ROOT.der, forged.der, plain.der, b"\x30\x03\x02\x01\x05"))
    assert [each.der for each in read.certificates] == [ROOT.der]
    assert [(each.subject, str(each.reason)) for each in read.rejected[:2]] == [
        ("CN=Forged,C=UT", "the explicit parameters are those of secp256r1 but for G"),
        ("CN=DS Utopia,C=UT", "it is not a certificate authority"),
    ]
    assert read.rejected[2].subject == "certificate 4 of the list"
    assert str(read.rejected[2].reason).startswith("the certificate cannot be read: ")


def test_a_security_object_is_no_master_list() -> None:
    data = made.signed_data(made.dsc(ROOT), made.security_object({1: b""}), made.SodOptions())
    with pytest.raises(UnreadableError, match=r"not a CSCA master list: its content is 2\.23\.136\.1\.1\.1"):
        MasterList.read(data)

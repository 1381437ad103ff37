from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.documents import pki_factory as made

from gatehouse.cli.document.verify import verify
from gatehouse.kernel.errors import UnreadableError

CSCA = made.csca()
DSC = made.dsc(CSCA)
GROUPS = {1: made.DG1, 2: b"\x75\x03abc"}


@pytest.fixture
def files(tmp_path: Path) -> Path:
    (tmp_path / "sod").write_bytes(made.sod(DSC, GROUPS))
    (tmp_path / "csca.cer").write_bytes(CSCA.der)
    (tmp_path / "other.cer").write_bytes(made.csca(common="Another").der)
    (tmp_path / "crl").write_bytes(made.revocation_list(CSCA, 0x1001))
    (tmp_path / "dg1").write_bytes(made.DG1)
    (tmp_path / "dg2").write_bytes(GROUPS[2])
    return tmp_path


def run(files: Path, *arguments: str) -> Result:
    placed = [argument.format(files=files) for argument in arguments]
    return CliRunner().invoke(verify, [*placed, "--at", "2026-11-22", "--json"], standalone_mode=False)


def results(ran: Result) -> dict[str, str]:
    return {check["id"]: check["result"] for check in json.loads(ran.stdout)["checks"]}


@pytest.mark.parametrize(
    "arguments",
    [
        ("--trust", "{files}/other.cer", "{files}/csca.cer", "--dg", "1={files}/dg1", "2={files}/dg2"),
        (
            "--trust",
            "{files}/other.cer",
            "--dg",
            "1={files}/dg1",
            "--trust",
            "{files}/csca.cer",
            "--dg",
            "2={files}/dg2",
        ),
        ("--trust={files}", "--dg=1={files}/dg1", "--dg=2={files}/dg2"),
    ],
)
def test_several_values_follow_one_option_or_several(files: Path, arguments: tuple[str, ...]) -> None:
    ran = run(files, "--sod", "{files}/sod", *arguments)
    assert ran.return_value == 0
    assert json.loads(ran.stdout)["signer"] == {"country": "UT", "subject": "CN=DS Utopia,C=UT", "serial": "1001"}
    assert results(ran)["dg_hash"] == "successful"


def test_failed_and_undetermined_are_1(files: Path) -> None:
    ran = run(files, "--sod", "{files}/sod", "--trust", "{files}/csca.cer", "--crl", "{files}/crl")
    assert (ran.return_value, json.loads(ran.stdout)["result"], results(ran)["revocation"]) == (1, "failed", "failed")
    ran = run(files, "--sod", "{files}/sod", "--trust", "{files}/other.cer")
    assert (ran.return_value, json.loads(ran.stdout)["result"]) == (1, "undetermined")


def test_the_text_gives_each_check_with_its_reason(files: Path) -> None:
    arguments = ["--sod", str(files / "sod"), "--trust", str(files / "csca.cer")]
    ran = CliRunner().invoke(verify, arguments, standalone_mode=False)
    assert ran.stdout.splitlines()[:3] == [
        "successful",
        "signer: CN=DS Utopia,C=UT, serial 1001",
        "sod_signature     successful    signed by CN=DS Utopia,C=UT, serial 1001",
    ]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is empty"),
        (b"hello, this is a text", "it starts with 68, not 77"),
        (CSCA.der, "it starts with 30, not 77"),
        (made.sod(DSC, GROUPS)[:-1], "is cut off"),
        (bytes(33 * 2**20), "is larger than 32 MiB"),
        (b"\x77" + bytes(2 * 2**20), "larger than 1024 KiB"),
        (b"\x77\x80" + b"\x30\x80" * 100_000, "nested too deep"),
    ],
)
def test_what_is_no_security_object_is_unreadable(files: Path, content: bytes, message: str) -> None:
    (files / "sod").write_bytes(content)
    ran = run(files, "--sod", "{files}/sod", "--trust", "{files}/csca.cer")
    assert isinstance(ran.exception, UnreadableError)
    assert message in str(ran.exception)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("anchor.cer", b""),
        ("anchor.cer", b"hello, this is a text"),
        ("anchor.cer", CSCA.der[:-1]),
        ("anchor.cer", DSC.der),
        ("anchor.pem", b"-----BEGIN CERTIFICATE-----\n" + b" " * 1_000_000),
        ("folder/readme.txt", b"no certificate"),
        ("folder/anchor.cer", b"hello"),
    ],
)
def test_what_holds_no_csca_cannot_be_trusted(files: Path, name: str, content: bytes) -> None:
    anchor = files / "trust" / name
    anchor.parent.mkdir(parents=True)
    anchor.write_bytes(content)
    named = anchor if name.startswith("anchor") else anchor.parent
    ran = run(files, "--sod", "{files}/sod", "--trust", str(named))
    assert isinstance(ran.exception, UnreadableError)


@pytest.mark.parametrize(
    "groups",
    [
        ("{files}/dg1",),
        ("0={files}/dg1",),
        ("17={files}/dg1",),
        ("9" * 5000 + "={files}/dg1",),
        ("1=",),
        ("1={files}/absent",),
        ("1={files}/dg1", "01={files}/dg1"),
    ],
)
def test_a_data_group_is_a_number_given_once_and_a_file(files: Path, groups: tuple[str, ...]) -> None:
    ran = run(files, "--sod", "{files}/sod", "--trust", "{files}/csca.cer", "--dg", *groups)
    assert isinstance(ran.exception, UnreadableError)


def test_the_revocation_list_that_cannot_be_read_is_named(files: Path) -> None:
    ran = run(files, "--sod", "{files}/sod", "--trust", "{files}/csca.cer", "--crl", "{files}/crl", "{files}/dg1")
    assert isinstance(ran.exception, UnreadableError)
    assert str(ran.exception).startswith(f"{files}/dg1 cannot be read: the revocation list cannot be read: ")


def test_the_current_folder_is_not_trusted_by_an_empty_name(files: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(files)
    ran = run(files, "--sod", "{files}/sod", "--trust", "")
    assert isinstance(ran.exception, UnreadableError)
    assert run(files, "--sod", "{files}/sod", "--trust", ".").return_value == 0

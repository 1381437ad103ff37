"""The inspection log that the commands of documents write."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.cli.running import run
from tests.documents import pki_factory as made

from gatehouse.documents.inspectionlog.files import one_read

Captured = pytest.CaptureFixture[str]


@pytest.mark.parametrize("suffix", ["xml", "json"])
def test_a_reading_is_logged(suffix: str, capsys: Captured, tmp_path: Path) -> None:
    out = tmp_path / f"log.{suffix}"
    code, _, _ = run(capsys, "document", "read", "--reader", "sim:aa", "--log", str(out))
    log = one_read(out.read_bytes())
    assert (code, log.profile, log.overall.house) == (0, "standard", "successful")
    assert log.check("active_authentication").result == "successful"
    assert log.timings_ms["total"] > 0
    assert [each.role for each in log.components] == ["application", "cryptography", "chip"]


def test_a_verification_is_logged_without_the_person(capsys: Captured, tmp_path: Path) -> None:
    csca = made.csca()
    (tmp_path / "csca.cer").write_bytes(csca.der)
    (tmp_path / "sod").write_bytes(made.sod(made.dsc(csca), {1: made.DG1}))
    (tmp_path / "dg1").write_bytes(made.DG1)
    out = tmp_path / "log.json"
    asked = ("document", "verify", "--sod", str(tmp_path / "sod"), "--dg", f"1={tmp_path / 'dg1'}", "--trust")
    code, _, _ = run(capsys, *asked, str(tmp_path / "csca.cer"), "--at", "2026-11-22", "--log", str(out))
    log = one_read(out.read_bytes())
    assert code == 0
    assert {check.id: check.result and check.result.value for check in log.checks if check.result} == {
        "sod_signature": "successful",
        "dsc_chain": "successful",
        "dsc_validity": "successful",
        "revocation": "undetermined",
        "dg_hash": "successful",
        "issuer_state": "successful",
        "algorithm_policy": "successful",
        "expiry": "failed",
    }
    assert log.check("expiry").reason == "expired on (withheld)"
    for secret in ("ERIKSSON", "L898902C3", "740812", "ZE184226B", "1974-08-12", "2012-04-15"):
        assert secret not in out.read_text()
    run(capsys, *asked, str(tmp_path / "csca.cer"), "--log", str(out), "--profile", "full", "--purpose", "case 7")
    assert {(node.node, node.name) for node in one_read(out.read_bytes()).extended} == {
        ("dce:ChipFiles", "EF.SOD"),
        ("dce:ChipFiles", "EF.DG1"),
    }


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("--log", "{folder}/log.txt"), 2, "ends in .xml or .json"),
        (("--log", "{folder}/log.xml", "--profile", "full"), 2, "for what --purpose"),
        (("--log", "{folder}/none/log.xml"), 2, "cannot be written"),
    ],
)
def test_what_cannot_be_logged_is_one_line(
    arguments: tuple[str, ...], code: int, said: str, capsys: Captured, tmp_path: Path
) -> None:
    placed = [argument.format(folder=tmp_path) for argument in arguments]
    left, out, err = run(capsys, "document", "read", "--reader", "sim:bac", *placed)
    assert (left, out, err.count("\n")) == (code, "", 1)
    assert said in err
    assert list(tmp_path.iterdir()) == []

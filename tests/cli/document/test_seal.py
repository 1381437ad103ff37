from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from tests.documents.seals import vectors
from tests.documents.seals.seals_factory import CSCA, UTTS5B, picture

from gatehouse.cli.document.seal import seal

UTOPIA = Path(__file__).parents[2] / "profiles" / "utopia"


@pytest.fixture
def files(tmp_path: Path) -> Path:
    for name, data in {"csca.cer": CSCA.der, "signer.cer": UTTS5B.der, "seal": vectors.RESIDENCE_PERMIT}.items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "seal.png").write_bytes(picture(vectors.RESIDENCE_PERMIT))
    return tmp_path


def run(files: Path, *arguments: str, data: bytes | None = None) -> Any:
    placed = [each.replace("{}", str(files)) for each in arguments]
    return CliRunner().invoke(seal, [*placed, "--at", "2026-11-22"], standalone_mode=False, input=data)


@pytest.mark.parametrize("name", ["{}/seal", "{}/seal.png"])
def test_a_seal_is_shown_with_what_was_found(files: Path, name: str) -> None:
    ran = run(files, name, "--trust", "{}/csca.cer", "{}/signer.cer", "--json")
    found = json.loads(ran.stdout)
    assert (ran.return_value, found["result"], found["document"]) == (0, "successful", "residence permit")
    assert found["features"]["passport_number"] == "UFO001979"
    assert found["mrz"]["document_number"] == "652584509"
    assert (found["issued_on"], found["signed_on"]) == ("2020-01-01", "2023-07-26")
    assert [each["name"] for each in found["versions"]] == ["csca.cer", "algorithms.csv", "seals.yaml"]


def test_a_person_reads_it_too(files: Path) -> None:
    ran = run(files, "-", "--trust", "{}/signer.cer", data=vectors.RESIDENCE_PERMIT.hex().encode())
    assert ran.return_value == 1
    assert ran.stdout.startswith("undetermined\nVDS: residence permit of UTO\nsigner: CN=TS,C=UT, serial 5B\n")
    assert "\npassport number: UFO001979\n" in ran.stdout


def test_another_agency_accepts_other_seals(files: Path) -> None:
    ran = run(files, "{}/seal", "--trust", "{}/csca.cer", "{}/signer.cer", "--profile", str(UTOPIA), "--json")
    refused = {each["id"]: each["reason"] for each in json.loads(ran.stdout)["checks"]}
    assert (ran.return_value, refused["seal_policy"]) == (1, "seals of the kind residence permit are not accepted")

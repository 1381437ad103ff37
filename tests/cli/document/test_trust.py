from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner
from tests.conformance import conformance
from tests.documents import pki_factory as made

from gatehouse.cli.document.trust import trust
from gatehouse.kernel.errors import UnreadableError


def list_of(name: str) -> str:
    return str(conformance(f"documents/master-lists/{name}"))


def test_a_master_list_is_counted_and_compared() -> None:
    arguments = [list_of("DE_ML_2026-01-08-12-20-54.ml"), "--root", list_of("DE_ROOT_CA_CSCA07.cer"), "--json"]
    signer = {
        "country": "DE",
        "subject": "CN=CSCA Master List Signer,serialNumber=0039,OU=bsi,O=bund,C=DE",
        "serial": "04D5",
    }
    counted = {"signer": signer, "certificates": 581, "countries": 112, "rejected": []}
    ran = CliRunner().invoke(trust, arguments, standalone_mode=False)
    assert (ran.return_value, json.loads(ran.stdout)) == (0, {**counted, "added": None, "removed": None})
    older = ["--against", list_of("DE_ML_2025-11-27-07-39-21.ml")]
    ran = CliRunner().invoke(trust, [*arguments, *older], standalone_mode=False)
    assert (ran.return_value, json.loads(ran.stdout)) == (0, {**counted, "added": 8, "removed": 4})


def test_a_master_list_of_another_root_is_1_without_counts() -> None:
    arguments = [list_of("NL_ML_2026-03-11.ml"), "--root", list_of("DE_ROOT_CA_CSCA07.cer"), "--json"]
    ran = CliRunner().invoke(trust, arguments, standalone_mode=False)
    assert ran.return_value == 1
    assert set(json.loads(ran.stdout)) == {"signer", "reason"}


def test_the_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    csca = made.csca("DE")
    listed = made.master_list(csca, csca.der)
    for name, content in {"list.ml": listed, "cut.ml": listed[:-9], "root.cer": csca.der}.items():
        (tmp_path / name).write_bytes(content)
    root = ["--root", str(tmp_path / "root.cer")]
    for arguments in (["cut.ml"], ["list.ml", "--against", "cut.ml"]):
        placed = [str(tmp_path / each) if each.endswith(".ml") else each for each in arguments]
        ran = CliRunner().invoke(trust, [*placed, *root], standalone_mode=False)
        assert isinstance(ran.exception, UnreadableError)
        assert str(ran.exception).startswith(f"{tmp_path / 'cut.ml'} cannot be read: the data is cut off")

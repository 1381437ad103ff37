from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from tests.conformance import conformance
from tests.documents import lists_factory as lists
from tests.documents import pki_factory as made

from gatehouse.cli.document.trust import trust
from gatehouse.cli.document.verify import verify
from gatehouse.documents.pki import defects, deviations
from gatehouse.documents.pki.store import ListStore
from gatehouse.documents.pki.trust import TrustStore
from gatehouse.documents.tlv import compose
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
    done = CliRunner().invoke(trust, arguments, standalone_mode=False)
    assert (done.return_value, json.loads(done.stdout)) == (0, {**counted, "added": None, "removed": None})
    older = ["--against", list_of("DE_ML_2025-11-27-07-39-21.ml")]
    done = CliRunner().invoke(trust, [*arguments, *older], standalone_mode=False)
    assert (done.return_value, json.loads(done.stdout)) == (0, {**counted, "added": 8, "removed": 4})


def test_a_master_list_of_another_root_is_1_without_counts() -> None:
    arguments = [list_of("NL_ML_2026-03-11.ml"), "--root", list_of("DE_ROOT_CA_CSCA07.cer"), "--json"]
    done = CliRunner().invoke(trust, arguments, standalone_mode=False)
    assert done.return_value == 1
    assert set(json.loads(done.stdout)) == {"signer", "reason"}


def test_the_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    csca = made.csca("DE")
    listed = made.master_list(csca, csca.der)
    for name, content in {"list.ml": listed, "cut.ml": listed[:-9], "root.cer": csca.der}.items():
        (tmp_path / name).write_bytes(content)
    root = ["--root", str(tmp_path / "root.cer")]
    for arguments in (["cut.ml"], ["list.ml", "--against", "cut.ml"]):
        placed = [str(tmp_path / each) if each.endswith(".ml") else each for each in arguments]
        done = CliRunner().invoke(trust, [*placed, *root], standalone_mode=False)
        assert isinstance(done.exception, UnreadableError)
        assert str(done.exception).startswith(f"{tmp_path / 'cut.ml'} cannot be read: the data is cut off")


def ran(*arguments: str) -> tuple[int, dict[str, Any]]:
    done = CliRunner().invoke(trust, [*arguments, "--json"], standalone_mode=False, catch_exceptions=False)
    return done.return_value, json.loads(done.stdout)


def test_two_lists_are_put_to_use_and_their_history_and_difference_are_shown(tmp_path: Path) -> None:
    root, store = list_of("DE_ROOT_CA_CSCA07.cer"), str(tmp_path / "trust")
    for number, name in enumerate(("2025-11-27-07-39-21", "2026-01-08-12-20-54"), 1):
        code, found = ran(list_of(f"DE_ML_{name}.ml"), "--root", root, "--store", store, "--by", "chen")
        assert (code, found["imported"]["number"], found["imported"]["new"]) == (0, number, True)
    code, found = ran("--store", store)
    assert (code, [each["in_use"] for each in found["versions"]]) == (0, [False, True])
    assert [each["imported_by"] for each in found["versions"]] == ["chen", "chen"]
    assert found["versions"][1]["succeeds"] == found["versions"][0]["sha256"]
    code, found = ran("2", "--against", "1", "--store", store)
    assert (code, found["added"], found["removed"]) == (0, 8, 4)
    assert found["by_country"]["NA"] == {"added": 5, "removed": 0}
    code, found = ran("--store", store, "--coverage", "--at", "2026-11-22")
    assert (code, found["certificates"], len(found["countries"])) == (0, 581, 112)
    assert found["countries"][0]["last_list"]["name"] == "000002-DE_ML_2026-01-08-12-20-54.ml"


def test_a_list_that_does_not_hold_is_not_put_to_use(tmp_path: Path) -> None:
    store = str(tmp_path / "trust")
    code, _ = ran(list_of("NL_ML_2026-03-11.ml"), "--root", list_of("DE_ROOT_CA_CSCA07.cer"), "--store", store)
    assert (code, (tmp_path / "trust").exists()) == (1, False)


def test_an_export_of_the_directory(tmp_path: Path) -> None:
    """A master list that a pinned root vouches for, its country's revocation list, and one of a stranger."""
    csca, other = made.csca("UT"), made.csca("XA")
    signer = made.issue(made.name("UT", "Lists"), made.elliptic_key(), by=csca, purpose="2.23.136.1.1.3")
    entries = (
        ("pkdMasterListContent", made.master_list(signer, csca.der, other.der)),
        ("pkdMasterListContent", made.master_list(other, other.der)),
        ("certificateRevocationList;binary", made.revocation_list(csca, 7)),
        ("userCertificate;binary", made.dsc(csca).der),
    )
    export, root = tmp_path / "pkd.ldif", tmp_path / "root.cer"
    export.write_text("".join(lists.ldif_entry(f"o={n}", *entry) for n, entry in enumerate(entries)))
    root.write_bytes(csca.der)
    store = str(tmp_path / "trust")
    code, found = ran(str(export), "--root", str(root), "--store", store)
    assert code == 1
    assert (found["master_lists"], found["revocation_lists"], found["document_signers"]) == (1, 1, 1)
    assert (found["certificates"], found["countries"]) == (2, 2)
    assert found["refused"] == [
        {"list": "CN=CSCA Utopia,C=XA", "reason": "CN=CSCA Utopia,C=XA is not a signer of master lists"}
    ]
    assert [each["series"] for each in found["imported"]] == [
        "master list of UT",
        "revocation list of CN=CSCA Utopia,C=UT",
    ]
    assert TrustStore.load(ListStore(tmp_path / "trust").in_use()).crls[0].revoked.keys() == {7}


@pytest.mark.parametrize("arguments", [["list.ml"], ["1", "--store", "x"], ["--coverage"], []])
def test_what_is_missing_is_said(arguments: list[str]) -> None:
    done = CliRunner().invoke(trust, arguments)
    assert done.exit_code == 2


def test_lists_of_what_is_not_to_be_trusted_are_verified_too(tmp_path: Path) -> None:
    """A defect list under its own root, a deviation list and a revocation list under their state's CSCA."""
    root, csca = made.csca("XA", "National PKD"), made.csca("UT")
    dsc = made.dsc(csca)
    defects_by = made.issue(made.name("XA", "Defects"), made.elliptic_key(), by=root, purpose=lists.DEFECT_SIGNING)
    deviations_by = made.issue(made.name("UT", "Dev"), made.elliptic_key(), by=csca, purpose=lists.DEVIATION_SIGNING)
    revoked = lists.known(defects.CERT_REVOKED, lists.enumerated(3))
    files = {
        "root.cer": root.der,
        "csca.cer": csca.der,
        "a.dfl": lists.defect_list(defects_by, lists.defect(lists.issuer_and_serial(dsc), revoked)),
        "a.dvl": lists.deviation_list(deviations_by, lists.deviation([], lists.description(deviations.GROUP_HASH))),
        "a.crl": made.revocation_list(csca, 7),
        "sod": made.sod(dsc, {1: made.DG1}),
    }
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    store = str(tmp_path / "trust")
    brought = (("a.dfl", "root", "entries"), ("a.dvl", "csca", "entries"), ("a.crl", "csca", "revoked"))
    for name, by, entries in brought:
        code, found = ran(str(tmp_path / name), "--root", str(tmp_path / f"{by}.cer"), "--store", store)
        assert (code, found[entries], found["imported"]["new"]) == (0, 1, True)
    assert ran(str(tmp_path / "a.dvl"), "--root", str(tmp_path / "root.cer"))[0] == 1
    code, found = ran("--store", store)
    assert [each["series"] for each in found["versions"]] == [
        "defect list of XA",
        "deviation list of UT",
        "revocation list of CN=CSCA Utopia,C=UT",
    ]
    arguments = ("--sod", str(tmp_path / "sod"), "--trust", str(tmp_path / "csca.cer"), store, "--json")
    done = CliRunner().invoke(verify, [*arguments, "--pinned", str(tmp_path / "root.cer")], standalone_mode=False)
    verdict = json.loads(done.stdout)
    assert (done.return_value, verdict["result"]) == (1, "failed")
    assert [each["kind"] for each in verdict["versions"]] == [
        "certificate",
        "revocation list",
        "defect list",
        "deviation list",
        "algorithm policy",
    ]
    done = CliRunner().invoke(verify, list(arguments), standalone_mode=False)
    assert (done.return_value, json.loads(done.stdout)["result"]) == (0, "successful")


def test_of_a_store_the_versions_in_use_are_trusted_and_nothing_else_in_it(tmp_path: Path) -> None:
    former, present, pinned = made.csca("UT", "Former"), made.csca("UT"), made.csca("XA")
    signer = made.issue(made.name("UT", "Lists"), made.elliptic_key(), by=present, purpose="2.23.136.1.1.3")
    (tmp_path / "root.cer").write_bytes(present.der)
    store = tmp_path / "trust"
    for name, day, entry in (("1.ml", "2026-01-01", former), ("2.ml", "2026-02-01", present)):
        content = compose(0x30, b"\x02\x01\x00", compose(0x31, entry.der))
        options = made.SodOptions(content_type="2.23.136.1.1.2", signed_on=day)
        (tmp_path / name).write_bytes(made.signed_data(signer, content, options))
        assert ran(str(tmp_path / name), "--root", str(tmp_path / "root.cer"), "--store", str(store))[0] == 0
    (store / "pinned").mkdir()
    (store / "pinned" / "root.cer").write_bytes(pinned.der)
    assert [each.der for each in TrustStore.load([store]).certificates] == [present.der]


@pytest.mark.parametrize(
    ("store", "cause"), [("taken", "Not a directory"), ("/proc/none", "No such file or directory")]
)
def test_a_store_that_cannot_be_written_is_one_line(store: str, cause: str, tmp_path: Path) -> None:
    csca = made.csca("DE")
    for name, content in {"list.ml": made.master_list(csca, csca.der), "root.cer": csca.der, "taken": b"x"}.items():
        (tmp_path / name).write_bytes(content)
    folder = tmp_path / store
    arguments = [str(tmp_path / "list.ml"), "--root", str(tmp_path / "root.cer"), "--store", str(folder)]
    done = CliRunner().invoke(trust, arguments, standalone_mode=False)
    assert isinstance(done.exception, UnreadableError)
    assert str(done.exception) == f"{folder} cannot be written: {cause}"
    assert (tmp_path / "taken").read_bytes() == b"x"

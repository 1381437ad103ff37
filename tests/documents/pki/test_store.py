"""The versions of what is in use: kept, chained, never written again."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from tests.documents import pki_factory as made

from gatehouse.documents.pki.certificates import Certificate
from gatehouse.documents.pki.imports import verify_list
from gatehouse.documents.pki.masterlist import MasterList
from gatehouse.documents.pki.sources import Kind
from gatehouse.documents.pki.store import Import, ListStore, Version
from gatehouse.documents.pki.trust import TrustStore
from gatehouse.documents.tlv import compose
from gatehouse.kernel.errors import NotFoundError, RefusedError, UnreadableError

AT = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
CSCA = made.csca("UT")
SIGNER = made.issue(made.name("UT", "Lists"), made.elliptic_key(), by=CSCA, purpose="2.23.136.1.1.3")


def listed(*entries: made.Identity, signed_on: str = "2026-01-01", name: str = "UT 1.ml") -> Import:
    content = compose(0x30, b"\x02\x01\x00", compose(0x31, *(each.der for each in entries)))
    options = made.SodOptions(content_type="2.23.136.1.1.2", signed_on=signed_on)
    data = made.signed_data(SIGNER, content, options)
    ready = verify_list(MasterList.read(data), data, name, [Certificate.read(CSCA.der)]).ready
    assert ready is not None
    return ready


def add(store: ListStore, found: Import) -> Version:
    return store.add(found, by="operator", at=AT)[0]


@pytest.fixture
def store(tmp_path: Path) -> ListStore:
    store = ListStore(tmp_path / "trust")
    add(store, listed(CSCA))
    add(store, listed(CSCA, made.csca("XA"), signed_on="2026-02-01", name="../ut/2.ml"))
    return store


def test_a_version_says_who_when_what_and_what_it_succeeds(store: ListStore) -> None:
    first, second = store.history()
    assert (first.number, first.succeeds, first.previous) == (1, None, "0" * 64)
    assert (second.imported_by, second.imported_at, second.certificates) == ("operator", AT, 2)
    assert (second.source.kind, second.source.issued) == (Kind.MASTER_LIST, date(2026, 2, 1))
    assert (second.series, second.succeeds) == ("master list of UT", first.source.sha256)
    assert (second.signer, second.root) == ("CN=Lists,C=UT", "CN=CSCA Utopia,C=UT")
    assert store.current() == (second,)
    assert store.version("1") == first
    assert store.version(second.source.sha256[:8]) == second
    assert second.file_name == "000002-2.ml"


def test_the_verdicts_name_the_version_in_use(store: ListStore) -> None:
    trust = TrustStore.load(store.in_use())
    assert [source.name for source in trust.origins] == ["000002-2.ml"]
    assert [source.sha256 for source in trust.origins] == [store.version("2").source.sha256]


def test_the_same_list_again_changes_nothing(store: ListStore) -> None:
    before = (store.folder / "history.jsonl").read_bytes()
    again = Import(store.read(store.version("1")), store.version("1").source, "master list of UT", "", "")
    assert store.add(again, by="another", at=AT) == (store.version("1"), False)
    assert (store.folder / "history.jsonl").read_bytes() == before


def test_an_older_list_does_not_replace_a_newer_one(store: ListStore) -> None:
    with pytest.raises(RefusedError, match="a list of 2026-02-01 is in use; this one is of 2026-01-15"):
        add(store, listed(CSCA, made.csca("XB"), signed_on="2026-01-15"))
    assert len(store.history()) == 2


@pytest.mark.parametrize("damage", ["change", "remove", "reorder"])
def test_a_history_that_was_rewritten_is_not_read(store: ListStore, damage: str) -> None:
    path = store.folder / "history.jsonl"
    first, second = path.read_bytes().splitlines(keepends=True)
    changed = json.dumps({**json.loads(first), "imported_by": "nobody"}).encode() + b"\n"
    path.write_bytes({"change": changed + second, "remove": second, "reorder": second + first}[damage])
    with pytest.raises(UnreadableError, match="does not follow the one before it"):
        store.history()


def test_a_list_that_was_changed_is_not_used(store: ListStore) -> None:
    path = store.path(store.version("2"))
    path.chmod(0o600)
    path.write_bytes(store.path(store.version("1")).read_bytes())
    with pytest.raises(UnreadableError, match=r"000002-2\.ml is not the list that was imported"):
        store.in_use()


def test_an_import_that_was_cut_off_is_made_again(store: ListStore) -> None:
    path = store.folder / "history.jsonl"
    whole = path.read_bytes()
    path.write_bytes(whole + b'{"number": 3, "kind"')
    assert len(store.history()) == 2
    assert add(store, listed(CSCA, signed_on="2026-03-01")).number == 3
    assert path.read_bytes().startswith(whole)
    assert len(store.history()) == 3


@pytest.mark.parametrize("named", ["3", "0", "abcd", "ffffffffff"])
def test_what_names_no_version(store: ListStore, named: str) -> None:
    with pytest.raises(NotFoundError):
        store.version(named)


def test_files_beside_the_history_are_trusted_as_they_stand_and_pinned_ones_are_not(store: ListStore) -> None:
    (store.folder / "pinned").mkdir()
    (store.folder / "pinned" / "root.cer").write_bytes(made.csca("XC").der)
    (store.folder / "loose.cer").write_bytes(made.csca("XD").der)
    trust = TrustStore.load(store.in_use(), pinned=store.pinned())
    assert {each.country for each in trust.certificates} == {"UT", "XA", "XD"}
    assert [each.country for each in store.pinned()] == ["XC"]


def test_a_folder_without_anything(tmp_path: Path) -> None:
    assert (ListStore(tmp_path / "none").in_use(), ListStore(tmp_path / "none").history()) == ([], ())

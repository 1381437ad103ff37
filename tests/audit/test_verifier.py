"""Every way of tampering with a log is found, and the first bad entry is named."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from gatehouse.audit.checkpoint import SigningKey, VerifierKey
from gatehouse.audit.log_file import hashed_entries, write_lines
from gatehouse.audit.verifier import read_log, verify
from gatehouse.kernel.errors import UnreadableError
from gatehouse.kernel.results import Result
from tests.audit.logs import KEY, ORIGIN, leaves, log_of, signed

LEAVES = leaves(40)
LOG = log_of(LEAVES, signed_at=(10, 25))
NOTES = [signed(LEAVES, 40)]
KEYS = [KEY.verifier]
FORK = (
    "the tree differs from the checkpoint signed for {} entries: of the entries {} to {} one was rewritten, "
    "and all hashes after it (a fork)"
)
FORGER = SigningKey(ORIGIN, Ed25519PrivateKey.from_private_bytes(bytes(32)))


def found(lines: Iterable[bytes], notes: Iterable[str] = NOTES, keys: Sequence[VerifierKey] = KEYS) -> tuple[int, str]:
    """The index and the reason of the first bad entry."""
    bad = verify(lines, notes, keys).first_bad
    return (bad.index, str(bad.reason)) if bad else (-1, "the log holds")


def rewritten(index: int) -> list[bytes]:
    """The leaves with one of them rewritten."""
    return [*LEAVES[:index], b'{"action":"nothing"}', *LEAVES[index + 1 :]]


def test_a_whole_log_holds() -> None:
    verdict = verify(LOG, NOTES, KEYS)
    assert verdict.as_dict() == {
        "ok": True,
        "size": 40,
        "root": "f7e15489b34e2ff8f02ddb6422dc3e78dafcddac2b45afd92501af07654f1ca6",
        "first_bad": None,
        "vouched": 40,
        "signature": {
            "id": "checkpoint_signature",
            "result": "successful",
            "reason": "signed by gatehouse.example/audit",
        },
    }


def test_entries_after_the_checkpoint_are_vouched_for_by_nobody() -> None:
    verdict = verify(LOG, [signed(LEAVES, 25)], KEYS)
    assert (verdict.first_bad, verdict.size, verdict.vouched) == (None, 40, 25)


def test_without_a_key_the_signature_stays_undetermined() -> None:
    verdict = verify(LOG, NOTES)
    assert (verdict.first_bad, verdict.vouched) == (None, 40)
    assert verdict.signature.result is Result.UNDETERMINED


def test_a_checkpoint_signed_by_another_vouches_for_nothing() -> None:
    verdict = verify(LOG, [signed(LEAVES, 40, FORGER)], KEYS)
    assert verdict.signature.result is Result.FAILED
    assert (verdict.size, verdict.vouched) == (0, 0)
    assert found(LOG, [signed(LEAVES, 40, FORGER)]) == (
        0,
        "no trusted key signed the checkpoint of gatehouse.example/audit",
    )


@pytest.mark.parametrize("keys", [KEYS, ()])
@given(data=st.data())
def test_a_flipped_byte_is_found_where_it_is(keys: Sequence[VerifierKey], data: st.DataObject) -> None:
    index = data.draw(st.integers(0, 39))
    position = data.draw(st.integers(0, len(LOG[index]) - 2))
    line = bytearray(LOG[index])
    line[position] ^= data.draw(st.integers(1, 255))
    # A new line end makes two lines of one: the first of them stands in the entry's place.
    cut = bytes(line).splitlines(keepends=True) if b"\n" in line[:-1] else [bytes(line)]
    assert found([*LOG[:index], *cut, *LOG[index + 1 :]], keys=keys)[0] == index


@pytest.mark.parametrize("index", range(39))
def test_a_deleted_entry(index: int) -> None:
    assert found([*LOG[:index], *LOG[index + 1 :]]) == (
        index,
        f"entry {index + 1} stands here: the entry before it was deleted or moved",
    )


@pytest.mark.parametrize("index", range(40))
def test_a_doubled_entry(index: int) -> None:
    assert found([*LOG[: index + 1], *LOG[index:]]) == (
        index + 1,
        f"entry {index} stands here again: doubled or moved",
    )


@given(st.lists(st.integers(0, 39), min_size=2, max_size=2, unique=True).map(sorted))
def test_swapped_entries(pair: list[int]) -> None:
    first, second = pair
    lines = list(LOG)
    lines[first], lines[second] = lines[second], lines[first]
    assert found(lines)[0] == first


def test_an_entry_deleted_and_the_rest_renumbered() -> None:
    lines = [line.replace(b'{"index":%d,' % at, b'{"index":%d,' % (at - 1)) for at, line in enumerate(LOG) if at > 7]
    assert found([*LOG[:7], *lines]) == (
        7,
        "the entry does not follow from the one before it: one was changed, put in or taken out",
    )


def test_a_leaf_changed_with_its_hash() -> None:
    lines = log_of(LEAVES)
    lines[12] = log_of(rewritten(12))[12]
    assert found(lines)[0] == 13
    lines[12] = LOG[12].replace(LEAVES[12], LEAVES[13])
    assert found(lines) == (12, "the leaf does not match its hash: one of them was changed")


@pytest.mark.parametrize("size", range(1, 40))
def test_a_log_cut_off(size: int) -> None:
    assert verify(LOG[:size], NOTES, KEYS).size == size
    assert found(LOG[:size]) == (
        size,
        f"the log ends after {size} entries, but a checkpoint was signed for 40: it was cut off",
    )


def test_a_log_cut_inside_an_entry() -> None:
    assert found([*LOG[:30], LOG[30][:50]]) == (30, "this line is not an entry of the log")


def test_a_fork_lies_between_the_last_checkpoint_met_and_the_first_missed() -> None:
    """All hashes recomputed, the signed checkpoints left in their places."""
    forked = list(write_lines(hashed_entries(rewritten(12)), [(10, signed(LEAVES, 10)), (25, signed(LEAVES, 25))]))
    assert found(forked) == (10, FORK.format(25, 10, 24))
    assert found(forked, keys=()) == (0, FORK.format(25, 0, 24))


def test_a_fork_without_its_checkpoints_is_found_by_the_one_kept_outside() -> None:
    assert found(log_of(rewritten(12))) == (0, FORK.format(40, 0, 39))


def test_a_fork_signed_by_another() -> None:
    forked = log_of(rewritten(12), signed_at=(10,), key=FORGER)
    assert found(forked) == (9, "no trusted key signed the checkpoint of gatehouse.example/audit")
    # Without a key, what the log says of itself must not narrow where the fork began.
    assert found(forked, keys=())[0] == 0


def test_a_checkpoint_beside_the_wrong_entry() -> None:
    lines = list(write_lines(hashed_entries(LEAVES), [(21, signed(LEAVES, 25))]))
    assert found(lines) == (20, "the checkpoint beside this entry is for 25 entries")


def test_two_checkpoints_of_one_size() -> None:
    assert found(LOG, [*NOTES, signed(rewritten(3), 40)]) == (
        0,
        "two checkpoints for 40 entries differ: the log was forked",
    )


def test_a_leaf_lost_by_the_store() -> None:
    lines = list(LOG)
    lines[5] = lines[5].replace(LEAVES[5], b"null")
    assert found(lines) == (5, "the leaf of this entry is gone")


def test_a_log_is_read_line_by_line(tmp_path: Path) -> None:
    file = tmp_path / "log.jsonl"
    file.write_bytes(b"".join(LOG).removesuffix(b"\n"))
    assert verify(read_log(file), NOTES, KEYS).first_bad is None


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"a text\nof two lines\n", "is not an audit log"),
        (b"\x00" * 200_000, "is not an audit log"),
        (b'{"other": "json"}\n', "is not an audit log"),
    ],
)
def test_what_is_no_log(tmp_path: Path, content: bytes, said: str) -> None:
    file = tmp_path / "log.jsonl"
    file.write_bytes(content)
    with pytest.raises(UnreadableError, match=said):
        list(read_log(file))


def test_an_absent_log(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="No such file"):
        list(read_log(tmp_path / "none"))
    with pytest.raises(UnreadableError, match="Is a directory"):
        list(read_log(tmp_path))

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.absence import absent
from tests.device.made import DEVICE, NOW, clock, ledger

from gatehouse.device.ledger import GENESIS, Event, Ledger, broken_at
from gatehouse.device.ledger.store import connect
from gatehouse.device.ledger.writer import CHANCES
from gatehouse.kernel.clock import FixedClock
from gatehouse.kernel.errors import RefusedError, UnreadableError


def write(kept: Ledger, count: int) -> list[Event]:
    return [kept.append("passage", {"number": number}) for number in range(count)]


def test_events_are_dense_chained_and_outlive_the_program(tmp_path: Path) -> None:
    with ledger(tmp_path) as kept:
        first, second = write(kept, 2)
        epoch = kept.boot_epoch
    at = clock()
    at.advance(timedelta(seconds=30))
    with ledger(tmp_path, at=at) as again:
        third = again.append("passage", {"number": 2})
        found = list(again.events())
    assert found == [first, second, third]
    assert [event.sequence for event in found] == [1, 2, 3]
    assert [event.previous for event in found] == [GENESIS, first.hash, second.hash]
    assert (epoch // CHANCES, third.boot_epoch // CHANCES) == (int(NOW.timestamp()), int(NOW.timestamp()) + 30)
    assert broken_at(found) is None
    assert third.body == '{"number":2}'
    assert third.at == "2023-05-01T04:00:30.000+00:00"


def test_a_start_under_a_clock_that_was_set_back_still_counts_up(tmp_path: Path) -> None:
    with ledger(tmp_path) as kept:
        [event] = write(kept, 1)
    at = clock()
    at.advance(timedelta(hours=-1))
    with ledger(tmp_path, at=at) as again:
        assert event.boot_epoch < again.boot_epoch <= event.boot_epoch + CHANCES
        assert again.append("passage", {}).sequence == 2


def test_a_copy_from_before_names_nothing_as_the_lost_ledger_did(tmp_path: Path) -> None:
    ahead = clock()
    ahead.advance(timedelta(hours=1))
    with ledger(tmp_path, at=ahead) as kept:
        write(kept, 1)
    shutil.copytree(tmp_path, tmp_path / "copy")
    with ledger(tmp_path) as kept:  # the clock is right again: the number follows from the last one, not from the time
        lost = kept.append("passage", {"number": 1})
    with ledger(tmp_path / "copy") as restored:
        other = restored.append("passage", {"number": 2})
    assert lost.sequence == other.sequence
    assert lost.boot_epoch != other.boot_epoch


def test_the_number_of_a_start_can_be_written_as_json_until_the_year_2242(tmp_path: Path) -> None:
    with ledger(tmp_path, at=FixedClock(datetime(2242, 1, 1, tzinfo=UTC))) as kept:
        write(kept, 1)
        assert kept.boot_epoch < 2**53


def test_a_commit_is_on_the_disk_when_it_returns(tmp_path: Path) -> None:
    with ledger(tmp_path) as kept:
        assert kept._connection.execute("PRAGMA synchronous").fetchone() == (2,)
        assert kept._connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert (tmp_path / "ledger.sqlite3").stat().st_mode & 0o077 == 0


def test_one_program_writes_it(tmp_path: Path) -> None:
    with ledger(tmp_path) as kept:
        with pytest.raises(UnreadableError, match="another program writes the ledger"):
            ledger(tmp_path)
        write(kept, 1)
    with ledger(tmp_path) as again:
        assert again.last is not None


def test_a_ledger_is_of_one_device(tmp_path: Path) -> None:
    ledger(tmp_path).close()
    with pytest.raises(UnreadableError, match=r"is of TPE-M01, not of TPE-M02"):
        ledger(tmp_path, device="TPE-M02")


def test_a_file_that_is_held_is_said_and_nothing_is_recorded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gatehouse.device.ledger.store.PATIENCE_S", 0.05)
    with ledger(tmp_path) as kept:
        other = sqlite3.connect(tmp_path / "ledger.sqlite3", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(RefusedError, match="is held by another program: nothing was recorded"):
            write(kept, 1)
        assert list(kept.events()) == []
        other.execute("ROLLBACK")
        other.close()
        assert write(kept, 1)[0].sequence == 1


@pytest.mark.parametrize(("where", "bytes_"), [(0, b"\0" * 100), (4096, b"\xff" * 3000)])
def test_a_damaged_file_is_said_at_the_start_and_left_as_it_is(tmp_path: Path, where: int, bytes_: bytes) -> None:
    with ledger(tmp_path) as kept:
        write(kept, 200)
    file = tmp_path / "ledger.sqlite3"
    damaged = bytearray(file.read_bytes())
    damaged[where : where + len(bytes_)] = bytes_
    file.write_bytes(damaged)
    with pytest.raises(UnreadableError, match=r"the ledger .* is damaged: .*Keep the file for the centre"):
        ledger(tmp_path)
    assert file.read_bytes() == bytes(damaged)


@pytest.mark.parametrize(
    "change", ["UPDATE event SET body = '{}', body_digest = 'x'", "UPDATE event SET at = 'x'", "DELETE FROM event"]
)
def test_an_event_that_was_changed_afterwards_is_found_at_the_start(tmp_path: Path, change: str) -> None:
    with ledger(tmp_path) as kept:
        write(kept, 4)
    with sqlite3.connect(tmp_path / "ledger.sqlite3") as other:
        other.execute(f"{change} WHERE sequence = 2")
    other.close()
    place = 3 if change.startswith("DELETE") else 2
    with pytest.raises(UnreadableError, match=f"event {place} does not follow from the one before it"):
        ledger(tmp_path)


def test_an_event_is_of_a_bounded_size(tmp_path: Path) -> None:
    with ledger(tmp_path) as kept:
        with pytest.raises(RefusedError, match="an event of a device has at most 256 KiB"):
            kept.append("passage", {"text": "x" * 300_000})
        assert list(kept.events()) == []


def test_a_folder_that_cannot_be_written_is_one_clear_error(tmp_path: Path) -> None:
    (tmp_path / "ledger.sqlite3").mkdir()
    with pytest.raises(RefusedError, match=r"cannot be used: unable to open database file; nothing was recorded"):
        ledger(tmp_path)


FILL = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from gatehouse.device.ledger import Ledger
from gatehouse.kernel.clock import SystemClock
from gatehouse.kernel.errors import GatehouseError
with Ledger(Path(sys.argv[1]), device="TPE-M01", clock=SystemClock()) as kept:
    while True:
        try:
            print(kept.append("passage", {"text": "x" * 2000}).sequence, flush=True)
        except GatehouseError as error:
            print(type(error).__name__, error, flush=True)
            break
    try:
        kept.append("passage", {"text": "x" * 2000})
    except GatehouseError as error:
        print("again", type(error).__name__, flush=True)
"""


@pytest.mark.real
def test_on_a_full_disk_nothing_more_is_promised_and_nothing_is_lost(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    if (
        os.geteuid() != 0
        or subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(disk)], check=False, capture_output=True
        ).returncode
    ):
        absent("the right to mount a small disk")
    try:
        done = subprocess.run(
            [sys.executable, "-c", FILL, str(disk / "l.sqlite3")],
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
        )
        *promised, refused, again = done.stdout.splitlines()
        assert refused.startswith("RefusedError the disk is full: nothing was recorded, and nobody may pass")
        assert again == "again RefusedError"
        assert len(promised) > 50
        connection = connect(disk / "l.sqlite3", device=DEVICE)
        kept = [row[0] for row in connection.execute("SELECT sequence FROM event ORDER BY sequence")]
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        connection.close()
        assert kept == [int(each) for each in promised]
        print(f"full disk: promised={len(promised)} kept={len(kept)}")
    finally:
        subprocess.run(["umount", str(disk)], check=True)

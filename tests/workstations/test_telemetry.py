from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime
from pathlib import Path

from tests.asynchronous import run
from tests.workstations.doubles import ZONE, ChipReader, Link, Page, desk_of, reads, until

from gatehouse.workstations.devices import PageDone, Placed, ZoneRead
from gatehouse.workstations.telemetry import Record, RecordKind, Spool

AT = datetime(2026, 11, 25, 8, 0, tzinfo=UTC)


def record(number: int) -> Record:
    return Record(RecordKind.READING, AT, "TPE-A12", "reader", {"number": number}, {"total": 1234.5})


def lines(file: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in file.read_text().splitlines()]


def test_a_record_is_one_line_of_json(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "spool" / "desk.jsonl", most_bytes=10_000)
    one = record(1)
    spool.add(one)
    assert lines(tmp_path / "spool" / "desk.jsonl") == [
        {
            "id": str(one.id),
            "kind": "reading",
            "at": "2026-11-25T08:00:00.000+00:00",
            "desk": "TPE-A12",
            "device": "reader",
            "facts": {"number": 1},
            "timings_ms": {"total": 1234.5},
        }
    ]


def test_a_spool_never_grows_beyond_its_bound_and_counts_what_it_dropped(tmp_path: Path) -> None:
    file = tmp_path / "desk.jsonl"
    spool = Spool(file, most_bytes=4000)
    for number in range(200):
        spool.add(record(number))
        assert sum(each.stat().st_size for each in tmp_path.iterdir()) <= 4000
    older, newer = lines(tmp_path / "desk.jsonl.1"), lines(file)
    kept = [each["facts"] for each in (*older, *newer)]
    assert kept[-1] == {"number": 199}
    assert spool.dropped + len(kept) == 200


def test_a_disk_that_cannot_be_written_to_costs_records_alone(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    spool = Spool(tmp_path / "file" / "desk.jsonl", most_bytes=4000)
    spool.add(record(1))
    assert spool.dropped == 1


def test_without_a_file_nothing_is_kept() -> None:
    spool = Spool(None, most_bytes=4000)
    spool.add(record(1))
    assert spool.dropped == 0


def test_a_desk_tells_of_its_devices_its_life_and_its_readings_and_of_no_person(tmp_path: Path) -> None:
    file = tmp_path / "desk.jsonl"

    async def work() -> None:
        page = Page()
        desk, plugs = desk_of(page, ChipReader(Link()), read=reads(commands=3))
        desk.spool = Spool(file, most_bytes=100_000)
        tasks = [asyncio.create_task(desk.run()), asyncio.create_task(desk.heartbeat(0.02))]
        await until(lambda: len(desk.devices) == 2)
        for seen in (Placed(), ZoneRead(ZONE), PageDone()):
            page.seen.put_nowait(seen)
        await until(lambda: '"reading"' in file.read_text())
        await until(lambda: '"chip":"successful"' in file.read_text())
        plugs.unplug("chip")
        await until(lambda: '"left"' in file.read_text())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    run(work())
    told = lines(file)
    [reading] = [each for each in told if each["kind"] == "reading"]
    assert reading["facts"]["outcome"] == "read"  # type: ignore[index]
    assert {"mrz", "page", "chip", "total"} <= set(reading["timings_ms"])  # type: ignore[call-overload]
    states = [(each["device"], each["facts"]["state"]) for each in told if each["kind"] == "device"]  # type: ignore[index]
    assert states == [("page", "arrived"), ("chip", "arrived"), ("chip", "left")]
    beats = [each["facts"]["devices"] for each in told if each["kind"] == "heartbeat"]  # type: ignore[index]
    assert {"page": "not supported", "chip": "successful"} in beats
    for part in ("ERIKSSON", "L898902C3", "740812"):
        assert part not in file.read_text()

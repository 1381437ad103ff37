"""What an agent tells the monitoring platform: heartbeats, devices that come and go, and the time of each step."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any
from uuid import UUID

from gatehouse.kernel.ids import new_id


class RecordKind(StrEnum):
    HEARTBEAT = "heartbeat"
    DEVICE = "device"
    READING = "reading"
    FAULT = "fault"


@dataclass(frozen=True, slots=True)
class Record:
    """One line. It names devices and durations, never a person or a document."""

    kind: RecordKind
    at: datetime
    desk: str
    #: The device that it is about; empty where it is the agent itself.
    device: str = ""
    #: Numbers and short words: `state`, `reason`, `outcome`, `dropped`.
    facts: Mapping[str, Any] = field(default_factory=dict)
    #: Of a reading: milliseconds of each step.
    timings_ms: Mapping[str, float] = field(default_factory=dict)
    #: By which the centre knows a record that is sent again.
    id: UUID = field(default_factory=new_id)

    def line(self) -> str:
        """As one line of JSON, without its end."""
        content = {
            "id": str(self.id),
            "kind": self.kind.value,
            "at": self.at.isoformat(timespec="milliseconds"),
            "desk": self.desk,
            "device": self.device,
            "facts": dict(self.facts),
            "timings_ms": dict(self.timings_ms),
        }
        return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


class Spool:
    """JSON lines in two files of half the bound each: when the newer is full, the older goes, and is counted.

    A disk that cannot be written to costs records, never a reading.
    """

    def __init__(self, file: Path | None, *, most_bytes: int) -> None:
        self._file, self._half = file, most_bytes // 2
        #: Records that were not kept: pushed out by newer ones before they were fetched, or not written.
        self.dropped = 0

    def add(self, record: Record) -> None:
        if self._file is None:
            return
        line = (record.line() + "\n").encode()
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            if self._file.exists() and self._file.stat().st_size + len(line) > self._half:
                self._turn(self._file)
            with self._file.open("ab") as kept:
                kept.write(line)
        except OSError:
            self.dropped += 1

    def waiting(self, most: int) -> list[str]:
        """The oldest lines that were not delivered, at most so many. Where it is not known which were, all are."""
        lines = [line for file in self._files() for line in _lines(file)]
        sent = self._sent()
        place = next((n for n, line in enumerate(lines, 1) if sent and f'"id":"{sent}"' in line), 0)
        return lines[place : place + most]

    def delivered(self, last: str) -> None:
        """All up to the record with this id are with the centre."""
        if self._file is not None:
            with suppress(OSError):  # they are sent again then, and known
                self._sent_file(self._file).write_text(last)

    def _files(self) -> list[Path]:
        return [] if self._file is None else [self._file.with_name(self._file.name + ".1"), self._file]

    def _sent(self) -> str:
        try:
            return self._sent_file(self._file).read_text() if self._file else ""
        except OSError:
            return ""

    @staticmethod
    def _sent_file(file: Path) -> Path:
        return file.with_name(file.name + ".sent")

    def _turn(self, file: Path) -> None:
        older = file.with_name(file.name + ".1")
        if older.exists():
            self.dropped += older.read_bytes().count(b"\n")
        file.replace(older)


def _lines(file: Path) -> list[str]:
    """The whole lines of a file: one that is being written has no end yet."""
    try:
        return file.read_text(encoding="utf-8").split("\n")[:-1]
    except (OSError, UnicodeDecodeError):
        return []

"""What is kept outside the database: signed checkpoints, and the verifier key of the log beside them.

A folder holds `checkpoint`, the latest signed note; `YYYY-MM-DD.jsonl`, all notes signed on that day (UTC), one JSON
string a line; and `audit.vkey`, verifier keys one a line. The folder is worth what its place is worth: keep it where
who runs the database cannot write, and copy it to another site.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO

from gatehouse.audit.checkpoint import VerifierKey
from gatehouse.kernel.errors import UnreadableError

LATEST = "checkpoint"
KEYS = "audit.vkey"
#: A year of signing every second fits; what is larger is not a list of checkpoints.
_LARGEST = 16 * 1024 * 1024


def read_notes(path: Path) -> Iterator[str]:
    """The signed notes of a file (one note, or a day's list), or of all such files in a folder."""
    if path.is_dir():
        for day in sorted(path.glob("*.jsonl")):
            yield from _notes(day)
        path = path / LATEST
    yield from _notes(path)


def read_keys(given: str | None, beside: Path) -> list[VerifierKey]:
    """The verifier keys of a file or a `name+keyid+base64` text; where none is given, of `audit.vkey` beside a note."""
    if given is None:
        file = (beside if beside.is_dir() else beside.parent) / KEYS
        if not file.is_file():
            return []
    else:
        file = Path(given)
        if "+" in given and not file.exists():
            return [VerifierKey.parse(given)]
    return [VerifierKey.parse(line) for line in _text(file).splitlines() if line.strip()]


def latest_note(folder: Path) -> str | None:
    """The latest signed note of a folder, None where nothing was kept yet."""
    file = folder / LATEST
    return _text(file) if file.exists() else None


def keep_note(folder: Path, note: str, at: datetime) -> None:
    """Add a signed note to its day's list, and make it the latest. On disk when this returns."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"{at.astimezone(UTC):%Y-%m-%d}.jsonl").open("a") as day:
        day.write(json.dumps(note) + "\n")
        _flush(day)
    _replace(folder / LATEST, note)


def keep_keys(folder: Path, keys: Iterable[VerifierKey]) -> None:
    """Add verifier keys to those beside the notes. Old ones stay: their notes still have to be verified."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / KEYS
    known = file.read_text().splitlines() if file.exists() else []
    fresh = [str(key) for key in keys if str(key) not in known]
    if fresh:
        _replace(file, "".join(f"{line}\n" for line in (*known, *fresh)))


def _replace(file: Path, text: str) -> None:
    """Write the whole file, or nothing of it."""
    fresh = file.with_name(f".{file.name}.new")
    with fresh.open("w") as stream:
        stream.write(text)
        _flush(stream)
    fresh.replace(file)


def _flush(stream: TextIO) -> None:
    stream.flush()
    os.fsync(stream.fileno())


def _notes(file: Path) -> Iterator[str]:
    text = _text(file)
    if not text.startswith('"'):
        yield text
        return
    for line in text.splitlines():
        try:
            note = json.loads(line)
        except ValueError:
            note = None
        if not isinstance(note, str):
            raise UnreadableError("%(name)s holds a line that is not a checkpoint", name=file)
        yield note


def _text(file: Path) -> str:
    try:
        with file.open("rb") as stream:
            data = stream.read(_LARGEST + 1)
        text = data.decode()
    except OSError as error:
        raise UnreadableError("%(name)s cannot be read: %(cause)s", name=file, cause=error.strerror) from error
    except UnicodeDecodeError as error:
        raise UnreadableError("%(name)s is not text", name=file) from error
    if not data or len(data) > _LARGEST:
        raise UnreadableError("%(name)s is empty, or too large for a checkpoint or a key", name=file)
    return text

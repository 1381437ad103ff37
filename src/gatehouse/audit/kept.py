"""What is kept outside the database: signed checkpoints, and the verifier key of the log beside them.

A folder holds `checkpoint`, the latest signed note; `YYYY-MM-DD.jsonl`, all notes signed on that day (UTC), one JSON
string a line; and `audit.vkey`, verifier keys one a line. The folder is worth what its place is worth: keep it where
who runs the database cannot write, and copy it to another site.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

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

"""The lists that an agency put to use, with their versions: a folder to which is only ever added.

It is a folder, not tables: lanes, desks and whoever verifies a document at the command line read the same files,
without the agency's database. `history.jsonl` has a line for each import, which holds the digest of the line before
it; the lists lie in `lists` under the number of their import and are never written again. What is left in the folder
beside these is trusted as it stands. `pinned` holds the certificates to which signers of defect lists must chain.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from gatehouse.documents.pki.anchors import read_anchors, read_file
from gatehouse.documents.pki.certificates import Certificate
from gatehouse.documents.pki.sources import Kind, Source
from gatehouse.kernel.errors import NotFoundError, RefusedError, UnreadableError

_HISTORY, _LISTS, _PINNED = "history.jsonl", "lists", "pinned"
_BEFORE_ALL = "0" * 64
_SUFFIX = {
    Kind.MASTER_LIST: ".ml",
    Kind.REVOCATION_LIST: ".crl",
    Kind.DEFECT_LIST: ".dfl",
    Kind.DEVIATION_LIST: ".dvl",
    Kind.CERTIFICATE: ".cer",
}


@dataclass(frozen=True, slots=True)
class Version:
    """One import. `series` says which lists follow each other, `succeeds` is the digest of the one before this."""

    number: int
    source: Source
    series: str
    imported_at: datetime
    imported_by: str
    signer: str
    root: str
    certificates: int
    rejected: int
    succeeds: str | None
    #: Of the history's line before this.
    previous: str

    @property
    def file_name(self) -> str:
        stem = re.sub(r"[^A-Za-z0-9._-]+", "_", Path(self.source.name).stem)[:80]
        return f"{self.number:06d}-{stem}{_SUFFIX[self.source.kind]}"

    def as_dict(self) -> dict[str, Any]:
        return {
            "number": self.number,
            **self.source.as_dict(),
            "series": self.series,
            "imported_at": self.imported_at.isoformat(),
            "imported_by": self.imported_by,
            "signer": self.signer,
            "root": self.root,
            "certificates": self.certificates,
            "rejected": self.rejected,
            "succeeds": self.succeeds,
            "previous": self.previous,
        }

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Version:
        source = Source.from_dict(data)
        rest = {name: value for name, value in data.items() if name not in {"kind", "name", "date", "sha256"}}
        return cls(source=source, **{**rest, "imported_at": datetime.fromisoformat(data["imported_at"])})


@dataclass(frozen=True, slots=True)
class Import:
    """A list whose signer was verified, ready to be put to use."""

    data: bytes
    source: Source
    series: str
    signer: str
    root: str
    certificates: int = 0
    rejected: int = 0


class ListStore:
    """The versions in one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def has_history(self) -> bool:
        return (self.folder / _HISTORY).is_file()

    def history(self) -> tuple[Version, ...]:
        """Every import, the oldest first. Raises `UnreadableError` where a line was changed, removed or added."""
        versions, previous = [], _BEFORE_ALL
        for number, line in enumerate(self._lines(), 1):
            try:
                version = Version.from_dict(json.loads(line))
            except (ValueError, KeyError, TypeError) as error:
                raise UnreadableError("line %(number)d of the history cannot be read", number=number) from error
            if (version.number, version.previous) != (number, previous):
                raise UnreadableError("line %(number)d of the history does not follow the one before it", number=number)
            previous = hashlib.sha256(line).hexdigest()
            versions.append(version)
        return tuple(versions)

    def current(self) -> tuple[Version, ...]:
        """The last version of each series."""
        return tuple({version.series: version for version in self.history()}.values())

    def version(self, named: str) -> Version:
        """By its number, or the beginning of its digest. Raises `NotFoundError` where that names none, or several."""
        found = [
            each
            for each in self.history()
            if named == str(each.number) or (len(named) >= 8 and each.source.sha256.startswith(named.lower()))
        ]
        if len(found) != 1:
            raise NotFoundError("%(named)s names no version of the history", named=named)
        return found[0]

    def read(self, version: Version) -> bytes:
        """The list's bytes. Raises `UnreadableError` where they are not those that were imported."""
        data = read_file(self.path(version))
        if hashlib.sha256(data).hexdigest() != version.source.sha256:
            raise UnreadableError("%(name)s is not the list that was imported", name=version.file_name)
        return data

    def path(self, version: Version) -> Path:
        return self.folder / _LISTS / version.file_name

    def in_use(self) -> list[Path]:
        """The current version of each series, and whatever else lies in the folder. Raises as `read` does."""
        current = self.current()
        for version in current:
            self.read(version)
        own = {self.folder / _LISTS, self.folder / _PINNED}
        loose = (
            path
            for path in self.folder.rglob("*")
            if path.is_file() and own.isdisjoint(path.parents) and not path.name.startswith(_HISTORY)
        )
        return [*(self.path(version) for version in current), *sorted(loose)] if self.folder.is_dir() else []

    def pinned(self) -> list[Certificate]:
        """The certificates in `pinned`. Raises `UnreadableError` for a file that holds none."""
        files = sorted((self.folder / _PINNED).glob("*")) if (self.folder / _PINNED).is_dir() else []
        read = (each for path in files for each in read_anchors(read_file(path), path.name))
        return [each for each in read if isinstance(each, Certificate)]

    def add(self, found: Import, *, by: str, at: datetime) -> tuple[Version, bool]:
        """Put a list to use; the version, and whether it is new. Importing one again changes nothing.

        Raises `RefusedError` for a list that is older than the one in use of its series, and `UnreadableError` where
        the folder cannot be written to.
        """
        try:
            return self._add(found, by=by, at=at)
        except OSError as error:
            cause = error.strerror
            raise UnreadableError(
                "%(name)s cannot be written: %(cause)s", name=str(self.folder), cause=cause
            ) from error

    def _add(self, found: Import, *, by: str, at: datetime) -> tuple[Version, bool]:
        with self._locked():
            history = self.history()
            for version in history:
                if version.source.sha256 == found.source.sha256 and version.series == found.series:
                    return version, False
            before = next((each for each in reversed(history) if each.series == found.series), None)
            if before and before.source.issued and found.source.issued and found.source.issued < before.source.issued:
                raise RefusedError(
                    "a list of %(day)s is in use; this one is of %(older)s",
                    day=str(before.source.issued),
                    older=str(found.source.issued),
                )
            version = Version(
                number=len(history) + 1,
                source=found.source,
                series=found.series,
                imported_at=at,
                imported_by=by,
                signer=found.signer,
                root=found.root,
                certificates=found.certificates,
                rejected=found.rejected,
                succeeds=before.source.sha256 if before else None,
                previous=self._last_line(),
            )
            self._write(version, found.data)
            return version, True

    @contextmanager
    def _locked(self) -> Iterator[None]:
        (self.folder / _LISTS).mkdir(mode=0o700, parents=True, exist_ok=True)
        with (self.folder / f"{_HISTORY}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _last_line(self) -> str:
        lines = self._lines()
        return hashlib.sha256(lines[-1]).hexdigest() if lines else _BEFORE_ALL

    def _lines(self) -> list[bytes]:
        """The history's whole lines: one without its end was cut off while it was written, and counts for nothing."""
        path = self.folder / _HISTORY
        return path.read_bytes().split(b"\n")[:-1] if path.is_file() else []

    def _write(self, version: Version, data: bytes) -> None:
        """The list first, then its line: what is cut off between the two is written again by the next import."""
        path = self.path(version)
        fresh = path.with_suffix(".new")
        with fresh.open("wb") as stream:
            _flush(stream, data)
        fresh.chmod(0o400)
        fresh.replace(path)
        whole = sum(len(line) + 1 for line in self._lines())
        line = json.dumps(version.as_dict(), ensure_ascii=False, sort_keys=True).encode() + b"\n"
        with (self.folder / _HISTORY).open("ab") as history:
            history.truncate(whole)
            _flush(history, line)


def _flush(stream: BinaryIO, data: bytes) -> None:
    stream.write(data)
    stream.flush()
    os.fsync(stream.fileno())

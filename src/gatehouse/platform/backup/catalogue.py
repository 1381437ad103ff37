"""What lies in a folder of backups, by the manifest of each base copy."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from pydantic import AwareDatetime, BaseModel, ConfigDict, ValidationError

from gatehouse.kernel.errors import NotFoundError, UnreadableError

MANIFEST = "manifest.json"
#: Below a folder of backups.
WAL = "wal"
#: Below a base copy.
BASE = "base"


class Manifest(BaseModel):
    """What a base copy is of. Its files have digests of their own in PostgreSQL's `backup_manifest`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    label: str
    started_at: AwareDatetime
    finished_at: AwareDatetime
    #: PostgreSQL's: of its version, and of the cluster that was copied.
    server_version: int
    system_identifier: str
    program: str
    #: The last migration of each room.
    tables: dict[str, str]
    #: Entries of the audit tree when the copy had begun.
    audit_entries: int


def backups(folder: Path) -> Sequence[tuple[Path, Manifest]]:
    """The base copies, the oldest first. One that was not finished has no manifest and is none.

    Raises `UnreadableError` for a folder that is not there, or a manifest that is none.
    """
    if not folder.is_dir():
        raise UnreadableError("there is no folder %(folder)s", folder=str(folder))
    found = [(file.parent, _read(file)) for file in folder.glob(f"*/{MANIFEST}")]
    return sorted(found, key=lambda each: each[1].finished_at)


def before(folder: Path, moment: datetime | None) -> tuple[Path, Manifest]:
    """The last base copy that was finished by then. Raises `NotFoundError`."""
    found = [each for each in backups(folder) if moment is None or each[1].finished_at <= moment]
    if not found:
        raise NotFoundError("no backup in %(folder)s was finished by then", folder=str(folder))
    return found[-1]


def _read(file: Path) -> Manifest:
    try:
        return Manifest.model_validate_json(file.read_bytes())
    except (OSError, ValidationError) as error:
        raise UnreadableError("%(file)s is no manifest of a backup", file=str(file)) from error

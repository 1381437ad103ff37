"""Whether a base copy is what was written, by the manifest that PostgreSQL puts into it ("Backup Manifest Format").

PostgreSQL's own pg_verifybackup does the same; the one in the wheel of the embedded server does not start.
"""

from __future__ import annotations

import json
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, Field, ValidationError

from gatehouse.kernel.errors import UnreadableError
from gatehouse.platform.backup.catalogue import BASE, backups

_MANIFEST = "backup_manifest"
#: What the manifest leaves out: itself, and the log of changes, whose records have checksums of their own.
_BESIDE = (_MANIFEST, "pg_wal")


class _File(BaseModel):
    path: Annotated[str, Field(alias="Path")]
    size: Annotated[int, Field(alias="Size")]
    algorithm: Annotated[Literal["SHA256"], Field(alias="Checksum-Algorithm")]
    checksum: Annotated[str, Field(alias="Checksum")]


class _Manifest(BaseModel):
    files: Annotated[list[_File], Field(alias="Files")]
    checksum: Annotated[str, Field(alias="Manifest-Checksum")]


def require_whole(own: Path) -> None:
    """Raises `UnreadableError` with the first file that is not as it was written, is missing, or was added."""
    base = own / BASE
    listed = {file.path: file for file in _manifest(base / _MANIFEST).files}
    for path, file in listed.items():
        there = base / path
        if not there.is_file():
            raise UnreadableError("%(file)s is missing", file=path)
        with there.open("rb") as stream:
            digest = file_digest(stream, "sha256").hexdigest()
        if there.stat().st_size != file.size or digest != file.checksum:
            raise UnreadableError("%(file)s is not what was written", file=path)
    for there in base.rglob("*"):
        name = there.relative_to(base)
        if there.is_file() and name.parts[0] not in _BESIDE and str(name) not in listed:
            raise UnreadableError("%(file)s was added", file=str(name))


def verified(folder: Path) -> dict[str, str]:
    """What is wrong with each base copy of a folder of backups, empty where nothing is."""
    found = {}
    for own, manifest in backups(folder):
        try:
            require_whole(own)
        except UnreadableError as error:
            found[manifest.label] = str(error)
        else:
            found[manifest.label] = ""
    return found


def _manifest(file: Path) -> _Manifest:
    """The last line holds the digest of all before it."""
    try:
        data = file.read_bytes()
        read = _Manifest.model_validate(json.loads(data))
    except OSError as error:
        raise UnreadableError("%(file)s is missing", file=file.name) from error
    except (ValueError, ValidationError) as error:
        raise UnreadableError("%(file)s is not what was written", file=file.name) from error
    if sha256(data[: data.rindex(b'"Manifest-Checksum"')]).hexdigest() != read.checksum:
        raise UnreadableError("%(file)s is not what was written", file=file.name)
    return read

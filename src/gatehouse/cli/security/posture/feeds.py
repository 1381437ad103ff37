"""The files of a feed, as its publisher packs them."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from gatehouse.cli.streams import read_input
from gatehouse.kernel.errors import UnreadableError

#: One advisory is some kilobytes; a member that says it is larger is none.
_LARGEST_MEMBER = 16 * 1024 * 1024
#: All of OSV's ecosystems together are below 4 GiB unpacked.
_LARGEST = 8 * 1024**3


def feed_files(path: Path) -> Iterator[tuple[str, bytes]]:
    """The JSON files of an archive or a folder by name, or the one file. Raises `UnreadableError`."""
    if path.is_dir():
        names = sorted(each for each in path.rglob("*.json") if each.is_file())
        if not names:
            raise UnreadableError("there are no advisories (*.json) in %(folder)s", folder=str(path))
        yield from ((str(each.relative_to(path)), read_input(str(each))) for each in names)
    elif path.suffix == ".zip":
        yield from _members(path)
    else:
        yield path.name, read_input(str(path))


def _members(path: Path) -> Iterator[tuple[str, bytes]]:
    try:
        with zipfile.ZipFile(path) as archive:
            members = sorted(
                (each for each in archive.infolist() if each.filename.endswith(".json")), key=lambda each: each.filename
            )
            if not members:
                raise UnreadableError("there are no advisories (*.json) in %(folder)s", folder=str(path))
            if sum(each.file_size for each in members) > _LARGEST or any(
                each.file_size > _LARGEST_MEMBER for each in members
            ):
                raise UnreadableError("%(name)s is larger than any feed", name=str(path))
            yield from ((each.filename, archive.read(each)) for each in members)
    except (OSError, zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError) as error:
        raise UnreadableError("%(name)s cannot be read: %(cause)s", name=str(path), cause=str(error)) from error

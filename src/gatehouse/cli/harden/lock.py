"""The lock that an installation was made from: names, versions, hashes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from packaging.markers import Marker

from gatehouse.kernel.errors import UnreadableError

_ENTRY = re.compile(r"(?P<name>[A-Za-z0-9][A-Za-z0-9._-]*)==(?P<version>[^\s;]+)(?:\s*;\s*(?P<marker>.+))?")
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})(?![0-9a-f])")


@dataclass(frozen=True, slots=True)
class Locked:
    """One requirement. `applies` says whether its marker concerns this machine."""

    name: str
    version: str
    applies: bool
    sha256: tuple[str, ...]

    @property
    def installed(self) -> metadata.Distribution | None:
        try:
            return metadata.distribution(self.name)
        except metadata.PackageNotFoundError:
            return None


def locked(file: Path) -> tuple[Locked, ...]:
    """Raises `UnreadableError` where a line is no requirement with one version: then it is no lock."""
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableError("%(name)s cannot be read: %(cause)s", name=str(file), cause=str(error)) from error
    found = tuple(_entries(text.replace("\\\n", " ").splitlines(), file))
    if not found:
        raise UnreadableError("%(name)s locks nothing", name=str(file))
    return found


def _entries(lines: Iterable[str], file: Path) -> Iterator[Locked]:
    for line in lines:
        if not line.strip() or line.startswith("#"):
            continue
        entry = _ENTRY.fullmatch(line.partition("--hash")[0].strip())
        if entry is None:
            raise UnreadableError("%(name)s is no lock: %(line)s", name=str(file), line=line.strip()[:80])
        marker = entry["marker"]
        applies = marker is None or Marker(marker).evaluate()
        yield Locked(entry["name"], entry["version"], applies, tuple(_HASH.findall(line)))

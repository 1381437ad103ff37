"""What is known to be wrong with software: advisories in OSV's schema (1.7), and which are exploited (CISA's KEV)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from pydantic_core import from_json

from gatehouse.kernel.errors import UnreadableError
from gatehouse.security.domain.posture.components import package_name
from gatehouse.security.domain.posture.versions import Scheme

_EVENTS = ("introduced", "fixed", "last_affected")
#: How an ecosystem orders its versions, where a range says no more than that it is the ecosystem's.
_SCHEMES = {"PyPI": Scheme.PEP440, "Debian": Scheme.DPKG, "npm": Scheme.SEMVER}
_LEVELS = {"LOW": "low", "MODERATE": "medium", "MEDIUM": "medium", "HIGH": "high", "CRITICAL": "critical"}

#: What reading a document raises that has another shape, or a moment that UTC cannot say.
_MALFORMED = (ValueError, KeyError, TypeError, AttributeError, OverflowError)


@dataclass(frozen=True, slots=True)
class Range:
    """`scheme` is None where nobody here knows how the ecosystem orders its versions. Events are (kind, version)."""

    scheme: Scheme | None
    events: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Affected:
    """One package of an advisory. `release` is that of a distribution, "" for all."""

    ecosystem: str
    release: str
    name: str
    ranges: tuple[Range, ...]
    versions: frozenset[str]


@dataclass(frozen=True, slots=True)
class Advisory:
    """`level` is what its publisher says in words, "" where there is none: a CVSS vector is not computed here."""

    id: str
    #: Other names of the same vulnerability.
    aliases: tuple[str, ...]
    #: What it is about: a distribution's advisory names vulnerabilities of what it ships, one or several.
    upstream: tuple[str, ...]
    summary: str
    level: str
    published: datetime | None
    modified: datetime | None
    affected: tuple[Affected, ...]


@dataclass(frozen=True, slots=True)
class Exploited:
    """An entry of KEV: `due` is the day by which agencies under BOD 22-01 have to act."""

    cve: str
    added: date | None
    due: date | None
    action: str


@dataclass(frozen=True, slots=True)
class FeedVersion:
    """Which feed it was: the SHA-256 of its files, how many entries, how new the newest; what could not be read."""

    digest: str
    entries: int
    newest: datetime | None
    unreadable: tuple[str, ...] = ()


def read_advisories(files: Iterable[tuple[str, bytes]]) -> tuple[list[Advisory], FeedVersion]:
    """The advisories of files, each by name and content (one, or a list); what was withdrawn is left out."""
    hashed, unreadable = hashlib.sha256(), []
    found: list[Advisory] = []
    newest: datetime | None = None
    for name, content in files:
        hashed.update(hashlib.sha256(name.encode() + b"\0" + content).digest())
        try:
            entries = from_json(content, cache_strings="keys")
            for entry in entries if isinstance(entries, list) else [entries]:
                advisory = _advisory(entry)
                newest = max(filter(None, (newest, advisory.modified)), default=None)
                if not entry.get("withdrawn"):
                    found.append(advisory)
        except _MALFORMED:
            unreadable.append(name)
    return found, FeedVersion(hashed.hexdigest(), len(found), newest, tuple(unreadable))


def _advisory(entry: dict[str, Any]) -> Advisory:
    said = entry.get("database_specific") or {}
    return Advisory(
        _text(entry["id"]),
        tuple(map(str, entry.get("aliases") or ())),
        tuple(map(str, entry.get("upstream") or ())),
        str(entry.get("summary") or ""),
        _LEVELS.get(str(said.get("severity", "")).upper(), ""),
        _moment(entry.get("published")),
        _moment(entry.get("modified")),
        tuple(_affected(each) for each in entry.get("affected") or () if each.get("package")),
    )


def _affected(entry: dict[str, Any]) -> Affected:
    ecosystem, _, release = _text(entry["package"]["ecosystem"]).partition(":")
    name = package_name(ecosystem, _text(entry["package"]["name"]))
    ranges = tuple(_ranges(ecosystem, entry.get("ranges") or ()))
    return Affected(ecosystem, release, name, ranges, frozenset(map(str, entry.get("versions") or ())))


def _ranges(ecosystem: str, ranges: Iterable[dict[str, Any]]) -> Iterator[Range]:
    for each in ranges:
        if each["type"] == "GIT":  # commits, which no inventory knows
            continue
        events = tuple((kind, str(event[kind])) for event in each["events"] for kind in _EVENTS if kind in event)
        yield Range(Scheme.SEMVER if each["type"] == "SEMVER" else _SCHEMES.get(ecosystem), events)


def read_exploited(content: bytes, name: str) -> tuple[dict[str, Exploited], FeedVersion]:
    """CISA's catalogue of known exploited vulnerabilities, by CVE. Raises `UnreadableError`."""
    try:
        document = from_json(content)
        entries = [
            Exploited(
                str(each["cveID"]),
                _day(each.get("dateAdded")),
                _day(each.get("dueDate")),
                str(each.get("requiredAction") or ""),
            )
            for each in document["vulnerabilities"]
        ]
        released = _moment(document.get("dateReleased"))
    except _MALFORMED as error:
        raise UnreadableError("%(name)s is no catalogue of known exploited vulnerabilities", name=name) from error
    digest = hashlib.sha256(content).hexdigest()
    return {each.cve: each for each in entries}, FeedVersion(digest, len(entries), released)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("it is no text")
    return value


def _moment(value: Any) -> datetime | None:
    if not isinstance(value, str):
        return None
    found = datetime.fromisoformat(value)
    return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)


def _day(value: Any) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) and value else None

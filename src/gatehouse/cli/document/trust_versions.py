"""What is in use: its history, the difference of two versions, and what it covers."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from gatehouse.cli.document.trust_lists import change_line
from gatehouse.cli.streams import show
from gatehouse.documents.pki.certificates import Certificate
from gatehouse.documents.pki.coverage import Country, coverage
from gatehouse.documents.pki.difference import by_country, difference
from gatehouse.documents.pki.masterlist import MasterList
from gatehouse.documents.pki.sources import Kind
from gatehouse.documents.pki.store import ListStore, Version
from gatehouse.documents.pki.trust import TrustStore
from gatehouse.kernel.errors import NotFoundError, UnreadableError


def show_history(folder: Path, *, as_json: bool) -> int:
    store = ListStore(folder)
    history = store.history()
    current = {version.number for version in store.current()}
    for version in history:
        store.read(version)
    found = {"versions": [{**version.as_dict(), "in_use": version.number in current} for version in history]}
    lines = [_line(version, in_use=version.number in current) for version in history]
    show(found, "\n".join(lines) or "nothing was imported yet", as_json=as_json)
    return 0


def _line(version: Version, *, in_use: bool) -> str:
    source = version.source
    succeeds = f", succeeds {version.succeeds[:8]}" if version.succeeds else ""
    return (
        f"{version.number:>4} {'*' if in_use else ' '} {source.issued or '-'} {source.sha256[:8]} "
        f"{version.series}: {source.name}, by {version.imported_by} at {version.imported_at:%Y-%m-%d %H:%M}Z{succeeds}"
    )


def show_difference(folder: Path, older: str, newer: str, *, on: date, as_json: bool) -> int:
    store = ListStore(folder)
    try:
        before, after = store.version(older), store.version(newer)
    except NotFoundError as error:  # what was typed names none: input that cannot be read
        raise UnreadableError(error.reason.text, **error.reason.parts) from error
    changes = difference(_certificates(store, before), _certificates(store, after), on)
    written = [each.as_dict() for each in changes]
    found = {
        "older": before.as_dict(),
        "newer": after.as_dict(),
        "added": sum(each.added for each in changes),
        "removed": sum(not each.added for each in changes),
        "by_country": by_country(changes),
        "changes": written,
    }
    lines = [f"{found['added']} added, {found['removed']} removed", *map(change_line, written)]
    show(found, "\n".join(lines), as_json=as_json)
    return 0


def _certificates(store: ListStore, version: Version) -> tuple[Certificate, ...]:
    if version.source.kind is not Kind.MASTER_LIST:
        raise UnreadableError("%(name)s is no CSCA master list", name=version.source.name)
    return MasterList.read(store.read(version)).certificates


def show_coverage(file: str | None, folder: Path | None, *, on: date, months: int, as_json: bool) -> int:
    if file is not None:
        trust = TrustStore.load([Path(file)])
    else:
        assert folder is not None  # noqa: S101 (asked for by the caller)
        store = ListStore(folder)
        trust = TrustStore.load(store.in_use(), pinned=store.pinned())
    countries = coverage(trust, on=on, months=months)
    found = {
        "on": on.isoformat(),
        "months": months,
        "certificates": len(trust.certificates),
        "countries": [country.as_dict() for country in countries],
        "rejected": [{"subject": each.subject, "reason": str(each.reason)} for each in trust.rejected],
    }
    show(found, "\n".join([_HEAD, *map(_row, countries)]), as_json=as_json)
    return 0


_HEAD = f"{'':<4}{'CSCA':>5}{'link':>5}{'expired':>8}{'expiring':>9}  valid until  last list"


def _row(country: Country) -> str:
    last = country.last_list
    named = f"{last.issued} {last.name}" if last else "-"
    weak = f"  weak: {', '.join(country.weak)}" if country.weak else ""
    return (
        f"{country.code or '--':<4}{len(country.authorities):>5}{country.links:>5}{country.expired:>8}"
        f"{country.expiring:>9}  {country.valid_until}   {named}{weak}"
    )

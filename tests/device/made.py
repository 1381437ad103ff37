"""A centre's key, officers, a bundle and a ledger for tests, in few words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from gatehouse.border.domain.rules import rules_of, tables_of
from gatehouse.device.bundle import Accepted, Bundle, Officer, TrustLists, sign
from gatehouse.device.credentials import Credential, credential_of
from gatehouse.device.ledger import Ledger
from gatehouse.device.screening import Entry, ListKind, name_key
from gatehouse.device.watch_index import KEY_LENGTH, ListedEntry, build
from gatehouse.kernel.clock import FixedClock
from gatehouse.platform.profile import SHIPPED, Profile

DEVICE = "TPE-M01"
NOW = datetime(2023, 5, 1, 4, 0, tzinfo=UTC)
CENTRE = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
INDEX_KEY = bytes(KEY_LENGTH)
PASSPHRASE = {"chen": "harbour lantern seven", "lin": "quay number forty-two", "gao": "no one lets me in at all"}
PERMISSIONS = {
    "chen": ("border.inspect",),
    "lin": ("border.confirm_refusal", "border.inspect", "border.second_line"),
    "gao": (),
}
#: scrypt at a cost that tests can pay.
CHEAP = 2**10


@cache
def credential(name: str) -> Credential:
    return credential_of(PASSPHRASE[name], cost=CHEAP)


def listed(kind: ListKind = ListKind.ENTRY_BAN, **facts: Any) -> ListedEntry:
    """A banned document of Japan, where nothing else is said."""
    given = {"issuer": "JPN", "number": "TK1234567", "name_key": "", "birth_date": None, "basis": "act 1", **facts}
    since = given.pop("valid_from", NOW.date() - timedelta(days=9))
    until = given.pop("valid_until", None)
    return ListedEntry(Entry(id=given.pop("id", UUID(int=7)), kind=kind, **given), since, until)


def named(surname: str, given_names: str, birth_date: str | None) -> ListedEntry:
    key = name_key(surname, given_names)
    return listed(ListKind.LOOKOUT, issuer="", number="", name_key=key, birth_date=birth_date)


def bundle(*entries: ListedEntry, **changes: Any) -> Bundle:
    tables = tables_of(rules_of(Profile(SHIPPED / "tw")))
    roster = tuple(
        Officer(
            name=name,
            permissions=PERMISSIONS[name],
            credential=credential(name),
            index_key=credential(name).seal(INDEX_KEY),
        )
        for name in PASSPHRASE
    )
    content: dict[str, Any] = {
        "device": DEVICE,
        "port": "TPE",
        "serial": 4,
        "issued": NOW - timedelta(hours=2),
        "expires": NOW + timedelta(hours=70),
        "tables": tables,
        "roster": roster,
        "trust": TrustLists(),
        "watch_index": build(entries, INDEX_KEY),
    }
    return Bundle(**{**content, **changes})


def signed(*entries: ListedEntry, **changes: Any) -> bytes:
    return sign(bundle(*entries, **changes), CENTRE)


def accepted(seen: int = 0, device: str = DEVICE) -> Accepted:
    return Accepted(CENTRE.public_key(), device, seen)


def clock() -> FixedClock:
    return FixedClock(NOW)


def ledger(folder: Path, *, at: FixedClock | None = None, device: str = DEVICE) -> Ledger:
    return Ledger(folder / "ledger.sqlite3", device=device, clock=at or clock())

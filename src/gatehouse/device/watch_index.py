"""The lists as a device carries them: who does not know whom to look for finds nothing in it.

Each document and each name is a keyed digest (HMAC-SHA-256); what stands behind it is sealed with a key that follows
from the document or name itself (AES-256-GCM). The key of the index is in no bundle in clear: it is sealed to each
officer. A match is a proposal; a name without a date of birth matches as it does at the centre.
"""

from __future__ import annotations

import hmac
import json
import os
from base64 import b64decode, b64encode
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from gatehouse.device.screening import Entry, ListKind, Matched, Subject, matched, name_key
from gatehouse.kernel.results import Reason

KEY_LENGTH = 32
_SHOWN = 16
_NONCE_LENGTH = 12


@dataclass(frozen=True, slots=True)
class ListedEntry:
    """An entry with the days on which it counts; None where it has no end."""

    entry: Entry
    valid_from: date
    valid_until: date | None


@dataclass(frozen=True, slots=True)
class LocalHit:
    """A proposal, made away from the centre, that an entry means this person."""

    entry: UUID
    kind: ListKind
    matched: Matched
    basis: str
    reason: Reason


def fresh_key() -> bytes:
    return os.urandom(KEY_LENGTH)


def build(entries: Iterable[ListedEntry], key: bytes) -> dict[str, str]:
    """The index of these entries: digests in base64, and behind each what was sealed."""
    places: defaultdict[bytes, list[ListedEntry]] = defaultdict(list)
    for listed in entries:
        for place in _places_of_entry(listed.entry):
            places[place].append(listed)
    index = {}
    for place, found in places.items():
        nonce = os.urandom(_NONCE_LENGTH)
        content = json.dumps([_plain(listed) for listed in found], separators=(",", ":")).encode()
        sealed = nonce + AESGCM(_digest(key, b"open", place)).encrypt(nonce, content, None)
        index[_shown(key, place)] = b64encode(sealed).decode()
    return index


def screen(index: Mapping[str, str], key: bytes, subject: Subject, *, on: date) -> tuple[LocalHit, ...]:
    """The entries in force that may mean the subject, each once."""
    found: dict[UUID, LocalHit] = {}
    for place in _places(subject.issuer, subject.number, name_key(subject.surname, subject.given_names)):
        for listed in _behind(index, key, place):
            why = matched(listed.entry, subject)
            if why is not None and listed.valid_from <= on and (listed.valid_until is None or on <= listed.valid_until):
                entry = listed.entry
                found[entry.id] = LocalHit(entry.id, entry.kind, why[0], entry.basis, why[1])
    return tuple(found[id] for id in sorted(found))


def _behind(index: Mapping[str, str], key: bytes, place: bytes) -> Iterator[ListedEntry]:
    sealed = index.get(_shown(key, place))
    if sealed is None:
        return
    data = b64decode(sealed)
    opened = AESGCM(_digest(key, b"open", place)).decrypt(data[:_NONCE_LENGTH], data[_NONCE_LENGTH:], None)
    for kept in json.loads(opened):
        entry = Entry(
            id=UUID(kept["id"]),
            kind=ListKind(kept["kind"]),
            issuer=kept["issuer"],
            number=kept["number"],
            name_key=kept["name"],
            birth_date=kept["born"],
            basis=kept["basis"],
        )
        until = date.fromisoformat(kept["until"]) if kept["until"] else None
        yield ListedEntry(entry, date.fromisoformat(kept["since"]), until)


def _plain(listed: ListedEntry) -> dict[str, str | None]:
    entry = listed.entry
    return {
        "id": str(entry.id),
        "kind": entry.kind.value,
        "issuer": entry.issuer,
        "number": entry.number,
        "name": entry.name_key,
        "born": entry.birth_date,
        "basis": entry.basis,
        "since": listed.valid_from.isoformat(),
        "until": listed.valid_until.isoformat() if listed.valid_until else None,
    }


def _places_of_entry(entry: Entry) -> Iterator[bytes]:
    return _places(entry.issuer, entry.number, entry.name_key)


def _places(issuer: str, number: str, name: str) -> Iterator[bytes]:
    if number:
        yield f"document\0{issuer}\0{number}".encode()
    if name:
        yield f"name\0{name}".encode()


def _shown(key: bytes, place: bytes) -> str:
    return b64encode(_digest(key, b"find", place)[:_SHOWN]).decode()


def _digest(key: bytes, use: bytes, place: bytes) -> bytes:
    return hmac.digest(key, use + b"\0" + place, "sha256")

"""Screening and its hits."""

from __future__ import annotations

import json
from datetime import date
from uuid import UUID

from gatehouse.device.watch_index import ListedEntry
from gatehouse.kernel.results import Reason
from gatehouse.platform.database import rows
from gatehouse.platform.profile import Profile
from gatehouse.watchlist import domain

_CANDIDATES = """
SELECT id, kind, issuer, number, name_key, birth_date, basis FROM watchlist_entry
 WHERE number = %(number)s AND number <> '' AND issuer = %(issuer)s
   AND valid_from <= %(on)s AND (valid_until IS NULL OR valid_until >= %(on)s)
 UNION
SELECT id, kind, issuer, number, name_key, birth_date, basis FROM watchlist_entry
 WHERE name_key = %(name_key)s AND name_key <> ''
   AND valid_from <= %(on)s AND (valid_until IS NULL OR valid_until >= %(on)s)
"""

_HITS = """
SELECT h.id, h.entry_id, e.kind, h.matched, e.basis, h.reason, h.review, h.reviewed_by
  FROM watchlist_hit h JOIN watchlist_entry e ON e.id = h.entry_id WHERE h.inspection = %s ORDER BY h.id
"""


def list_types(profile: Profile, *, on: date) -> dict[domain.ListKind, domain.ListType]:
    """The lists that this agency keeps on that day, by kind."""
    return {
        kept.kind: kept for kept in profile.read("list_types.yaml", tuple[domain.ListType, ...]) if kept.in_force(on)
    }


def candidates(subject: domain.Subject, *, on: date) -> list[domain.Entry]:
    """Entries in force that bear the subject's document or name."""
    key = domain.name_key(subject.surname, subject.given_names)
    asked = {"number": subject.number, "issuer": subject.issuer, "name_key": key, "on": on}
    return [domain.Entry(row[0], domain.ListKind(row[1]), *row[2:]) for row in rows(_CANDIDATES, asked)]


_IN_FORCE = """
SELECT id, kind, issuer, number, name_key, birth_date, basis, valid_from, valid_until FROM watchlist_entry
 WHERE valid_from <= %(last)s AND (valid_until IS NULL OR valid_until >= %(first)s) ORDER BY id
"""


def entries_between(first: date, last: date) -> list[ListedEntry]:
    """Every entry in force on one of these days, for the index of a device. The caller has judged who may have it."""
    return [
        ListedEntry(domain.Entry(row[0], domain.ListKind(row[1]), *row[2:7]), row[7], row[8])
        for row in rows(_IN_FORCE, {"first": first, "last": last})
    ]


def hits_of(inspection: UUID) -> tuple[domain.Hit, ...]:
    """The hits of an inspection with their review, the oldest first."""
    return tuple(
        domain.Hit(
            id=id_,
            entry=entry,
            kind=domain.ListKind(kind),
            matched=domain.Matched(matched),
            basis=basis,
            reason=Reason.from_dict(json.loads(reason)),
            review=domain.Review(review),
            reviewed_by=reviewed_by,
        )
        for id_, entry, kind, matched, basis, reason, review, reviewed_by in rows(_HITS, (inspection,))
    )

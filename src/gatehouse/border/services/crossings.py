"""The ledger of crossings: what a device let through, and corrections. A row is never changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction

from gatehouse.audit.api import leaf_append
from gatehouse.border.domain.corrections import corrected
from gatehouse.border.domain.holders import holder_of
from gatehouse.border.domain.records import CrossingFacts, CrossingKey, Recorded, require_short
from gatehouse.border.domain.rules import rules_of
from gatehouse.border.domain.words import Capacity, Direction
from gatehouse.border.models import Crossing
from gatehouse.documents.mrz import parse_mrz
from gatehouse.kernel.clock import Clock
from gatehouse.kernel.errors import ConflictError, NotFoundError, RefusedError, UnreadableError
from gatehouse.kernel.ids import new_id
from gatehouse.platform.actors import Actor
from gatehouse.platform.database import rows
from gatehouse.platform.profile import Profile
from gatehouse.platform.profile import profile as settings_profile
from gatehouse.travellers.api import Holder, traveller_recognise

_LARGEST = 2**63 - 1
_KNOWN = """
SELECT id, facts_digest FROM border_crossing
 WHERE lane = %(lane)s AND boot_epoch = %(epoch)s AND sequence = %(sequence)s
"""
_RECORD = """
INSERT INTO border_crossing (id, lane, boot_epoch, sequence, facts_digest, crossed_at, recorded_at, recorded_by, void,
       reason, port, direction, capacity, conveyance, traveller, document_type, document_issuer, document_number,
       nationality, last_permitted_day)
VALUES (%(id)s, %(lane)s, %(epoch)s, %(sequence)s, %(digest)s, %(crossed_at)s, %(now)s, %(device)s, false,
       '', %(port)s, %(direction)s, %(capacity)s, %(conveyance)s, %(traveller)s, %(type)s, %(issuer)s, %(number)s,
       %(nationality)s, %(last_permitted_day)s)
ON CONFLICT (lane, boot_epoch, sequence) DO NOTHING RETURNING id
"""


def crossing_record(
    *, clock: Clock, device: Actor, key: CrossingKey, crossing: CrossingFacts, profile: Profile | None = None
) -> Recorded:
    """Record a passage that a device let through. Sent again it is recorded once and answered the same.

    Raises `ForbiddenError`; `UnreadableError` for facts that cannot be read; `RefusedError` for a port that is none;
    `ConflictError` where the key stands for a passage with other facts. Nothing is stored then.
    """
    device.require("border.record_crossing")
    rules = rules_of(profile or settings_profile())
    rules.require_place(port=crossing.port, lane=key.lane, conveyance=crossing.conveyance)
    _require_readable(key, crossing)
    holder = holder_of(parse_mrz(crossing.mrz, on=rules.day(crossing.crossed_at)))
    digest = _digest(crossing)
    with transaction.atomic():
        person = traveller_recognise(clock=clock, holder=holder, on=rules.day(crossing.crossed_at))
        recorded = _record(
            clock=clock,
            device=device,
            key=key,
            crossing=crossing,
            holder=holder,
            traveller=person.traveller,
            digest=digest,
        )
        if recorded is None:
            return _recorded_before(key, digest)
        leaf_append(
            clock=clock,
            actor=str(device),
            action="border.crossing_record",
            subject=str(person.traveller),
            site=crossing.port,
            detail={"crossing": str(recorded), "lane": key.lane, "epoch": key.boot_epoch, "sequence": key.sequence},
        )
    return Recorded(recorded, created=True)


@transaction.atomic
def crossing_correct(
    *, clock: Clock, officer: Actor, crossing: UUID, reason: str, profile: Profile | None = None, **changes: Any
) -> UUID:
    """Correct a crossing: a new row that says what is right and points to the old one. Gives its id.

    `changes` are those of `gatehouse.border.domain.corrections.CORRECTABLE`; `void=True` says that the passage did not
    take place. Raises `ForbiddenError`, `NotFoundError`, `RefusedError` without a reason or a change, `ConflictError`
    where the row was corrected before. Nothing changed then.
    """
    officer.require("border.correct")
    if not reason.strip():
        raise RefusedError("a correction says why")
    require_short(reason)
    old = Crossing.objects.select_for_update().filter(pk=crossing).first()
    if old is None:
        raise NotFoundError("there is no crossing %(id)s", id=str(crossing))
    officer.require_at("border.correct", old.port)
    if Crossing.objects.filter(corrects=crossing).exists():
        raise ConflictError("the crossing was corrected before: correct the newer record")
    kept = {field.attname: getattr(old, field.attname) for field in Crossing._meta.concrete_fields}
    right = corrected(kept, changes)
    now = clock.now()
    id_ = new_id(now)
    new = {
        **right,
        "id": id_,
        "recorded_at": now,
        "recorded_by": str(officer),
        "boot_epoch": None,
        "sequence": None,
        "facts_digest": None,
        "corrects_id": crossing,
        "reason": reason.strip(),
    }
    row = Crossing(**new)
    _require_values(row, changes)
    rules_of(profile or settings_profile()).require_place(port=row.port, lane=row.lane, conveyance=row.conveyance)
    row.save(force_insert=True)
    leaf_append(
        clock=clock,
        actor=str(officer),
        action="border.crossing_correct",
        subject=str(old.traveller),
        purpose="correction",
        case=str(crossing),
        site=old.port,
        detail={"crossing": str(id_), "changed": sorted(changes), "reason": reason.strip()},
    )
    return id_


def _require_readable(key: CrossingKey, crossing: CrossingFacts) -> None:
    if not (0 <= key.boot_epoch <= _LARGEST and 0 <= key.sequence <= _LARGEST):
        raise UnreadableError("boot epoch and sequence are numbers from 0")
    if crossing.crossed_at.tzinfo is None:
        raise UnreadableError("the moment of crossing needs a time zone")


def _require_values(row: Crossing, changes: Collection[str]) -> None:
    """Raises `RefusedError` where a corrected value is none that its column can hold."""
    if isinstance(row.crossed_at, datetime) and row.crossed_at.tzinfo is None:
        raise RefusedError("the moment of crossing needs a time zone")
    try:
        row.clean_fields(exclude={field.name for field in row._meta.fields} - set(changes))
    except ValidationError as error:
        wrong = ", ".join(f"{name}: {' '.join(said)}" for name, said in error.message_dict.items())
        raise RefusedError("this cannot be recorded: %(wrong)s", wrong=wrong) from error


def _digest(crossing: CrossingFacts) -> bytes:
    facts = {**asdict(crossing), "crossed_at": crossing.crossed_at.timestamp()}
    return hashlib.sha256(json.dumps(facts, sort_keys=True, default=str).encode()).digest()


def _recorded_before(key: CrossingKey, digest: bytes) -> Recorded:
    id_, known_digest = rows(_KNOWN, {"lane": key.lane, "epoch": key.boot_epoch, "sequence": key.sequence})[0]
    if bytes(known_digest) != digest:
        raise ConflictError(
            "the key %(lane)s/%(epoch)d/%(sequence)d stands for another passage",
            lane=key.lane,
            epoch=key.boot_epoch,
            sequence=key.sequence,
        )
    return Recorded(id_, created=False)


def _record(
    *,
    clock: Clock,
    device: Actor,
    key: CrossingKey,
    crossing: CrossingFacts,
    holder: Holder,
    traveller: UUID,
    digest: bytes,
) -> UUID | None:
    """The new row's id, None where there is a row of this key."""
    now = clock.now()
    found = rows(
        _RECORD,
        {
            "id": new_id(now),
            "lane": key.lane,
            "epoch": key.boot_epoch,
            "sequence": key.sequence,
            "digest": digest,
            "crossed_at": crossing.crossed_at,
            "now": now,
            "device": str(device),
            "port": crossing.port,
            "direction": Direction(crossing.direction).value,
            "capacity": Capacity(crossing.capacity).value,
            "conveyance": crossing.conveyance,
            "traveller": traveller,
            "type": holder.document_type,
            "issuer": holder.issuer,
            "number": holder.number,
            "nationality": holder.nationality,
            "last_permitted_day": crossing.last_permitted_day,
        },
    )
    return found[0][0] if found else None

"""Writing leaves, in the transaction of what they witness."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Max

from gatehouse.audit import domain
from gatehouse.audit.models import Entry, Payload
from gatehouse.kernel.clock import Clock
from gatehouse.kernel.ids import new_id
from gatehouse.platform import database
from gatehouse.platform.actors import Actor
from gatehouse.platform.config import Mode, config
from gatehouse.platform.profile import profile

#: Leaf and payload in one round trip: two cost every act of the house a third more.
_APPEND = """
    WITH leaf AS (INSERT INTO audit_leaf (id, body, written_at) VALUES (%s, %s, %s))
    INSERT INTO audit_payload (leaf_id, salt, subject, body) VALUES (%s, %s, %s, %s)
"""


def leaf_append(
    *,
    clock: Clock,
    actor: str,
    action: str,
    subject: str | None = None,
    purpose: str | None = None,
    case: str | None = None,
    site: str | None = None,
    detail: dict[str, Any] | None = None,
) -> UUID:
    """Witness an act in the caller's transaction: one statement, no lock. Gives the leaf's id.

    `actor` is `user:…`, `device:…` or `system:…`; `action` is `room.verb`; `subject` is the public id of the person
    concerned. `action`, `purpose` and `site` go into the tree for good and name no person; all else can be erased.
    Raises `RuntimeError` outside a transaction: the leaf would stand without its act, or the act without its leaf.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("a leaf is written in the transaction of what it witnesses")
    at, salt = clock.now(), secrets.token_bytes(domain.SALT_BYTES)
    payload = domain.payload_text(actor=actor, subject=subject, case=case, detail=detail or {})
    id_ = new_id(at)
    body = domain.leaf_text(
        id=id_,
        at=at,
        action=action,
        purpose=purpose,
        site=site,
        commitment=domain.commitment(salt, payload),
        training=config().mode is Mode.TRAINING,
    )
    database.run(_APPEND, [id_, body, at, id_, salt, subject, payload])
    return id_


@transaction.atomic
def look_record(
    *,
    clock: Clock,
    reader: Actor,
    subject: str,
    purpose: str | None,
    shown: Iterable[str],
    searched_by: Iterable[str],
    site: str | None = None,
    case: str | None = None,
    reason: str | None = None,
) -> UUID:
    """Record a look at a person's record, before it is shown. Gives the leaf's id.

    The fields are those of Regulation (EU) 2017/2226, article 46(1): (a) `purpose`, (b) the clock's time, (c) `shown`,
    the kinds of data that are handed over, (d) `searched_by`, the kinds of data that were searched with, (e) the
    authority, from the profile; and article 46(3) the person, `reader`.
    Raises `RefusedError` without a purpose, and for most purposes without a case or a reason; `ForbiddenError` where it
    is not one of the reader's purposes.
    """
    known = domain.purpose_of(purpose, reader=reader, case=case, reason=reason)
    detail = {
        "authority": profile().agency.name,
        "shown": sorted(shown),
        "searched_by": sorted(searched_by),
        "reason": reason,
    }
    return leaf_append(
        clock=clock,
        actor=str(reader),
        action=domain.LOOK,
        subject=subject,
        purpose=known.value,
        case=case,
        site=site,
        detail=detail,
    )


@transaction.atomic
def payload_erase(*, clock: Clock, actor: str, leaves: Sequence[UUID], reason: str) -> int:
    """Erase what these leaves commit to, and leave a leaf that says so. Gives how many were erased."""
    erased, _ = Payload.objects.filter(leaf_id__in=leaves).delete()
    leaf_append(
        clock=clock,
        actor=actor,
        action="audit.payload_erase",
        detail={"leaves": [str(leaf) for leaf in leaves], "erased": erased, "reason": reason},
    )
    return erased


def acts_export(*, clock: Clock, actor: str, after: int = -1) -> Iterator[bytes]:
    """Entries after an index with what they commit to, one a line, and leave a leaf that says that they were taken out.

    `{"index":…,"leaf":{…},"leaf_hash":"…","payload":{…}}`; without `payload` where it was erased. The lines name
    persons: they are for detection, and prove nothing. The leaf of this export itself is not among them.
    """
    last = Entry.objects.aggregate(last=Max("index"))["last"]
    wanted = Entry.objects.filter(index__gt=after, index__lte=-1 if last is None else last).order_by("index")
    with transaction.atomic():
        detail = {"after": after, "entries": wanted.count()}
        leaf_append(clock=clock, actor=actor, action="audit.acts_export", detail=detail)
    rows = wanted.values_list("index", "leaf__body", "leaf_hash", "leaf__payload__body")
    return (_act_line(index, body, bytes(hashed), payload) for index, body, hashed, payload in rows.iterator())


def _act_line(index: int, body: str, hashed: bytes, payload: str | None) -> bytes:
    beside = "" if payload is None else f',"payload":{payload}'
    return f'{{"index":{index},"leaf":{body},"leaf_hash":"{hashed.hex()}"{beside}}}\n'.encode()

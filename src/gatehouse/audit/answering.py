"""The answer to a person who asks who looked at their records, and why (GDPR article 15(1)(c); Personal Data
Protection Act, articles 3 and 10)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from gatehouse.audit.models import Entry
from gatehouse.audit.selectors import looks_at
from gatehouse.audit.services import look_record
from gatehouse.kernel.clock import Clock
from gatehouse.platform.actors import Actor
from gatehouse.platform.permissions import Purpose

#: Told only where the authority says that it may be: that one is looked for can itself be what must not be known
#: (Directive (EU) 2016/680, article 15).
RESTRICTED = frozenset({Purpose.LAW_ENFORCEMENT})


@dataclass(frozen=True, slots=True)
class AnsweredLook:
    """A look as the person is told of it: not which officer looked, whom the authority answers for."""

    at: datetime
    purpose: Purpose
    site: str | None
    #: The kinds of data that were shown, and those that were searched with.
    shown: tuple[str, ...]
    searched_by: tuple[str, ...]
    #: The leaf in the log that says so, and its place there; None while it waits for one.
    leaf: UUID
    index: int | None


@dataclass(frozen=True, slots=True)
class Answer:
    looks: tuple[AnsweredLook, ...]
    #: How many are not told. For who answers, not for the person.
    withheld: int


@transaction.atomic
def person_answer(*, clock: Clock, reader: Actor, subject: str, reason: str, lifted: Iterable[Purpose] = ()) -> Answer:
    """Every look at this person's record before this one, the latest first. Asking is a look itself, with its leaf.

    `reason` says which request this answers. What is `RESTRICTED` is withheld unless it is `lifted`.
    Raises `ForbiddenError` where answering a person is none of the reader's purposes, `RefusedError` without a reason.
    """
    found = list(looks_at(subject))
    look_record(
        clock=clock,
        reader=reader,
        subject=subject,
        purpose=Purpose.PERSON_REQUEST,
        shown=("looks",),
        searched_by=("traveller",),
        reason=reason,
    )
    withheld = RESTRICTED - frozenset(lifted)
    told = [look for look in found if look.purpose not in withheld]
    places = dict(Entry.objects.filter(leaf__in=[look.leaf_id for look in told]).values_list("leaf_id", "index"))
    looks = tuple(
        AnsweredLook(
            at=look.at,
            purpose=Purpose(look.purpose),
            site=look.site,
            shown=tuple(look.detail.get("shown", ())),
            searched_by=tuple(look.detail.get("searched_by", ())),
            leaf=look.leaf_id,
            index=places.get(look.leaf_id),
        )
        for look in told
    )
    return Answer(looks, len(found) - len(told))

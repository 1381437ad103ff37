"""Changes of lists and hits."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction

from gatehouse.audit.api import leaf_append
from gatehouse.kernel.clock import Clock
from gatehouse.kernel.errors import ConflictError, NotFoundError, RefusedError
from gatehouse.kernel.ids import new_id
from gatehouse.platform.actors import Actor
from gatehouse.platform.profile import Profile
from gatehouse.platform.profile import profile as settings_profile
from gatehouse.watchlist import models
from gatehouse.watchlist.domain import Hit, ListKind, Review, Subject, matched, name_key
from gatehouse.watchlist.selectors import candidates, list_types


@transaction.atomic
def entry_add(
    *,
    clock: Clock,
    actor: Actor,
    kind: ListKind,
    authority: str,
    valid_from: date,
    valid_until: date | None = None,
    issuer: str = "",
    number: str = "",
    surname: str = "",
    given_names: str = "",
    birth_date: str | None = None,
    basis: str = "",
    profile: Profile | None = None,
) -> UUID:
    """Put a document, or a person by name and birth date, on a list. Names as a machine readable zone writes them.

    `basis` is the provision; where it is not given, that of the list. Raises `ForbiddenError`, and `RefusedError` where
    neither a document nor a name is given, or the agency keeps no such list.
    """
    actor.require("watchlist.manage")
    kept = list_types(profile or settings_profile(), on=valid_from).get(kind)
    if kept is None:
        raise RefusedError("this agency keeps no list of the kind %(kind)s", kind=kind.value)
    key = name_key(surname, given_names)
    if not key and not (number and issuer):
        raise RefusedError("a list entry names a document with its issuer, or a person")
    entry = models.Entry(
        kind=kind,
        issuer=issuer,
        number=number,
        surname=surname,
        given_names=given_names,
        name_key=key,
        birth_date=birth_date,
        valid_from=valid_from,
        valid_until=valid_until,
        basis=basis or kept.article,
        authority=authority,
        entered_by=str(actor),
        entered_at=clock.now(),
    )
    entry.save(force_insert=True)
    detail = {"kind": kind.value, "entry": str(entry.id), "authority": authority}
    leaf_append(clock=clock, actor=str(actor), action="watchlist.entry_add", detail=detail)
    return entry.id


def subject_screen(*, clock: Clock, subject: Subject, inspection: UUID, traveller: UUID, on: date) -> tuple[Hit, ...]:
    """Screen a person at inspection and keep what was found as hits to review. Runs in the caller's transaction."""
    found = []
    for entry in candidates(subject, on=on):
        why = matched(entry, subject)
        if why is not None:
            found.append(Hit(new_id(), entry.id, entry.kind, why[0], entry.basis, why[1]))
    if found:
        models.Hit.objects.bulk_create(
            models.Hit(
                id=hit.id,
                entry_id=hit.entry,
                inspection=inspection,
                traveller=traveller,
                matched=hit.matched,
                reason=hit.reason.as_dict(),
                found_at=clock.now(),
            )
            for hit in found
        )
    return tuple(found)


@transaction.atomic
def hit_review(*, clock: Clock, officer: Actor, hit: UUID, review: Review, reason: str) -> None:
    """Say whether a hit means the person: once, by an officer, with a reason.

    Raises `ForbiddenError`, `NotFoundError`, `RefusedError` without a reason, `ConflictError` where it was reviewed.
    """
    officer.require("border.second_line")
    if review is Review.OPEN or not reason.strip():
        raise RefusedError("a review says whether it is the same person, and why")
    found = models.Hit.objects.select_for_update().filter(pk=hit).first()
    if found is None:
        raise NotFoundError("there is no hit %(hit)s", hit=str(hit))
    if found.review != Review.OPEN:
        raise ConflictError("the hit was reviewed by %(officer)s", officer=found.reviewed_by)
    found.review, found.reviewed_by, found.reviewed_at, found.review_reason = review, str(officer), clock.now(), reason
    found.save(update_fields=["review", "reviewed_by", "reviewed_at", "review_reason"])
    leaf_append(
        clock=clock,
        actor=str(officer),
        action="watchlist.hit_review",
        subject=str(found.traveller),
        case=str(found.inspection),
        detail={"hit": str(hit), "review": review.value, "reason": reason},
    )

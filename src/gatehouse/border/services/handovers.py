"""Handing a shift over, and taking it over."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from gatehouse.audit.api import leaf_append
from gatehouse.border.domain.handovers import Turn, require_text
from gatehouse.border.domain.rules import rules_of
from gatehouse.border.models import Handover, HandoverTaken
from gatehouse.border.selectors.handovers import standing_at, standing_json
from gatehouse.kernel.clock import Clock
from gatehouse.kernel.errors import ConflictError, NotFoundError, RefusedError
from gatehouse.platform.actors import Actor
from gatehouse.platform.database import lock_for_transaction
from gatehouse.platform.profile import Profile
from gatehouse.platform.profile import profile as settings_profile


@transaction.atomic
def handover_give(
    *, clock: Clock, officer: Actor, port: str, began_at: datetime, watch: str, profile: Profile | None = None
) -> UUID:
    """Hand over the shift that began then, with what stands now and what to watch; once for each port and shift.

    Raises `ForbiddenError`; `RefusedError` for an unknown port, another shift than the present one or the one before,
    or a text that is empty or too long; `ConflictError` where the shift was handed over. Nothing is stored then.
    """
    officer.require_at("border.hand_over", port)
    profile = profile or settings_profile()
    rules = rules_of(profile)
    if port not in rules.ports:
        raise RefusedError("there is no port %(port)s", port=port)
    turn = Turn.to_hand_over(began_at, clock.now(), profile, rules)
    watch = require_text(watch, needed=True)
    lock_for_transaction(f"border.handover.{port}")
    if Handover.objects.filter(port=port, began_at=turn.began_at).exists():
        raise ConflictError("this shift has been handed over")
    standing = standing_at(port, clock=clock, reader=officer)
    given = Handover.objects.create(
        port=port,
        began_at=turn.began_at,
        ends_at=turn.ends_at,
        given_by=str(officer),
        given_at=clock.now(),
        standing=standing_json(standing),
        watch=watch,
    )
    leaf_append(
        clock=clock,
        actor=str(officer),
        action="border.handover_give",
        detail={"handover": str(given.id), "port": port, "began_at": turn.began_at.isoformat()},
    )
    return given.id


@transaction.atomic
def handover_take(*, clock: Clock, officer: Actor, handover: UUID, note: str = "") -> None:
    """Say that one has read what the shift before left. Whoever handed it over cannot.

    Raises `ForbiddenError`, `NotFoundError`; `RefusedError` for the giver's own, or too long a note; `ConflictError`
    where it has been taken over. Nothing is stored then.
    """
    officer.require("border.hand_over")
    found = Handover.objects.select_for_update().filter(pk=handover).first()
    if found is None:
        raise NotFoundError("there is no such handover")
    officer.require_at("border.hand_over", found.port)
    if found.given_by == str(officer):
        raise RefusedError("who hands a shift over does not take it over")
    note = require_text(note, needed=False)
    if HandoverTaken.objects.filter(handover=found).exists():
        raise ConflictError("this handover has been taken over")
    HandoverTaken.objects.create(
        handover=found, given_by=found.given_by, taken_by=str(officer), taken_at=clock.now(), note=note
    )
    leaf_append(
        clock=clock,
        actor=str(officer),
        action="border.handover_take",
        detail={"handover": str(found.id), "port": found.port},
    )

"""Amending the ledger: one asks, another confirms or declines."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from gatehouse.audit.api import leaf_append
from gatehouse.kernel.clock import Clock
from gatehouse.kernel.errors import ConflictError, NotFoundError, RefusedError
from gatehouse.monitoring.domain.amendments import AMENDABLE
from gatehouse.monitoring.domain.states import State
from gatehouse.monitoring.models import Amendment, AmendmentAnswer, Asset
from gatehouse.monitoring.services.assets import LEDGER
from gatehouse.platform.actors import Actor
from gatehouse.platform.database import share_for_transaction


@transaction.atomic
def amendment_request(
    *, clock: Clock, actor: Actor, tag: str, start: datetime, end: datetime, state: State, reason: str
) -> int:
    """Ask that a stretch of a device's past counts as a state, whatever the sources say; gives the amendment's number.

    It counts once somebody else confirmed it. Raises `ForbiddenError`, `NotFoundError`; `RefusedError` without a
    reason, for a stretch without length or that is not past, or a state that no amendment can say.
    """
    actor.require("monitoring.amend")
    if not reason.strip():
        raise RefusedError("an amendment says why")
    if end <= start or end > clock.now():
        raise RefusedError("an amendment is of a stretch of the past")
    if state not in AMENDABLE:
        raise RefusedError("an amendment cannot say %(state)s", state=state.value)
    asset = Asset.objects.filter(tag=tag).first()
    if asset is None:
        raise NotFoundError("there is no asset %(tag)s", tag=tag)
    asked = Amendment.objects.create(
        asset=asset,
        start=start,
        end=end,
        state=state,
        reason=reason.strip(),
        requested_by=str(actor),
        requested_at=clock.now(),
    )
    detail = {"amendment": asked.id, "asset": tag, "state": state.value, "reason": reason.strip()}
    leaf_append(clock=clock, actor=str(actor), action="monitoring.amendment_request", site=asset.site, detail=detail)
    return asked.id


def amendment_confirm(*, clock: Clock, actor: Actor, amendment: int) -> None:
    """Confirm what somebody else asked for. Raises `ForbiddenError`, `NotFoundError`; `RefusedError` for who asked;
    `ConflictError` where it was answered before.
    """
    _answer(clock, actor, amendment, confirmed=True, reason="")


def amendment_decline(*, clock: Clock, actor: Actor, amendment: int, reason: str) -> None:
    """Decline what somebody else asked for, with a reason. Raises as `amendment_confirm`."""
    if not reason.strip():
        raise RefusedError("who declines says why")
    _answer(clock, actor, amendment, confirmed=False, reason=reason.strip())


@transaction.atomic
def _answer(clock: Clock, actor: Actor, amendment: int, *, confirmed: bool, reason: str) -> None:
    actor.require("monitoring.amend")
    share_for_transaction(LEDGER)
    # Two who answer at once: the second waits here, and finds the answer of the first.
    asked = Amendment.objects.select_for_update().filter(pk=amendment).first()
    if asked is None:
        raise NotFoundError("there is no amendment %(number)d", number=amendment)
    if asked.requested_by == str(actor):
        raise RefusedError("who asked for an amendment does not answer it: somebody else must")
    if AmendmentAnswer.objects.filter(amendment=asked).exists():
        raise ConflictError("the amendment was answered before")
    AmendmentAnswer.objects.create(
        amendment=asked,
        confirmed=confirmed,
        requested_by=asked.requested_by,
        answered_by=str(actor),
        answered_at=clock.now(),
        reason=reason,
    )
    action = "monitoring.amendment_confirm" if confirmed else "monitoring.amendment_decline"
    leaf_append(clock=clock, actor=str(actor), action=action, detail={"amendment": amendment, "reason": reason})

"""Recording facts beside plans. As in `services.plans`: one revision of one record, whether it is new."""

from __future__ import annotations

from django.db import transaction

from gatehouse.kernel.clock import Clock
from gatehouse.performance.domain import records
from gatehouse.performance.models import Fact
from gatehouse.performance.services.kept import keep, withdraw
from gatehouse.performance.services.locking import lock_to_record
from gatehouse.platform.actors import Actor


@transaction.atomic
def fact_record(*, clock: Clock, actor: Actor, fact: records.Fact, reason: str = "") -> bool:
    """Record a declared or documented fact. Raises `ForbiddenError`, `ConflictError`."""
    _locked(fact.group, actor)
    return keep(Fact, fact, clock=clock, actor=actor, action="fact_record", reason=reason, group=fact.group)


@transaction.atomic
def fact_withdraw(*, clock: Clock, actor: Actor, group: str, code: str, reason: str) -> None:
    """Take back a fact that is none. Raises `ForbiddenError`, `NotFoundError`, `RefusedError` without a reason."""
    _locked(group, actor)
    withdraw(Fact, code, clock=clock, actor=actor, action="fact_withdraw", reason=reason, group=group)


def _locked(group: str, actor: Actor) -> None:
    actor.require("performance.record")
    lock_to_record(f"facts.{group}")

"""Keeping a revision of a record: the one way in which anything of a plan is written."""

from __future__ import annotations

from typing import Any

from django.db import models

from gatehouse.audit.api import leaf_append
from gatehouse.kernel.clock import Clock
from gatehouse.kernel.errors import ConflictError, NotFoundError, RefusedError
from gatehouse.performance.domain.records import Record
from gatehouse.performance.models.kept import Kept
from gatehouse.platform.actors import Actor


def keep(
    model: type[Kept], facts: Record, *, clock: Clock, actor: Actor, action: str, reason: str, **scope: Any
) -> bool:
    """Keep a record within the caller's transaction and lock; the same again changes nothing. Whether it is new.

    Something else under a code that is known is a correction, which says why: `ConflictError` without a reason. What an
    earlier revision said is known too: recorded again without a reason, it does not undo what corrected it.
    """
    revisions = _revisions(model, facts.code, scope)
    last = revisions[0] if revisions else None
    again = [each for each in revisions if each.as_facts() == facts and (not each.void or not reason.strip())]
    if again and (again[0] is last or not reason.strip()):
        return False
    if last and not reason.strip():
        raise ConflictError("%(code)s is recorded otherwise: a correction says why", code=facts.code)
    _insert(model, _columns(model, facts), last, clock=clock, actor=actor, action=action, reason=reason, scope=scope)
    return True


def withdraw(
    model: type[Kept], code: str, *, clock: Clock, actor: Actor, action: str, reason: str, **scope: Any
) -> None:
    """Take back a record that was made by mistake, within the caller's transaction and lock.

    Raises `NotFoundError`, and `RefusedError` without a reason.
    """
    revisions = _revisions(model, code, scope)
    last = revisions[0] if revisions else None
    if last is None or last.void:
        raise NotFoundError("there is no record %(code)s", code=code[:48])
    if not reason.strip():
        raise RefusedError("a withdrawal says why")
    columns = {**_columns(model, last.as_facts()), "void": True}
    _insert(model, columns, last, clock=clock, actor=actor, action=action, reason=reason, scope=scope)


def _revisions(model: type[Kept], code: str, scope: dict[str, Any]) -> list[Kept]:
    """The latest first."""
    return list(model._default_manager.filter(**scope, code=code).order_by("-revision"))


def _columns(model: type[Kept], facts: Record) -> dict[str, Any]:
    plain = facts.model_dump(mode="json")
    return {
        name: plain[name] if isinstance(model._meta.get_field(name), models.JSONField) else getattr(facts, name)
        for name in model.facts.model_fields
    }


def _insert(
    model: type[Kept],
    columns: dict[str, Any],
    last: Kept | None,
    *,
    clock: Clock,
    actor: Actor,
    action: str,
    reason: str,
    scope: dict[str, Any],
) -> None:
    revision = last.revision + 1 if last else 1
    model._default_manager.create(
        **{**columns, **scope},
        revision=revision,
        reason=reason.strip() if last else "",
        recorded_by=str(actor),
        recorded_at=clock.now(),
    )
    detail = {"code": columns["code"], "revision": revision} | ({"reason": reason.strip()} if last else {})
    detail |= {name: str(value) for name, value in scope.items()}
    leaf_append(clock=clock, actor=str(actor), action=f"performance.{action}", detail=detail)

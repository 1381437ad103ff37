"""Setting targets, and loading them from a folder."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Annotated

from django.db import transaction
from pydantic import Field

from gatehouse.audit.api import leaf_append
from gatehouse.kernel.clock import Clock
from gatehouse.kernel.errors import ConflictError, NotFoundError, RefusedError, UnreadableError
from gatehouse.performance.domain.achievement import Unit
from gatehouse.performance.domain.measured import Target
from gatehouse.performance.models import IndicatorTarget
from gatehouse.performance.registry import indicators
from gatehouse.performance.selectors.targets import targets_of
from gatehouse.performance.services.locking import lock_to_record
from gatehouse.platform.actors import Actor
from gatehouse.platform.profile import Row, validated

TARGETS = "targets.yaml"


@transaction.atomic
def target_set(*, clock: Clock, actor: Actor, year: int, indicator: str, target: Target, reason: str = "") -> bool:
    """Set what a plan is to reach of an indicator in a year; whether that is new. The same again changes nothing.

    Raises `ForbiddenError`; `NotFoundError` for an indicator that is none; `RefusedError` for a target below 0 or in
    another unit than the indicator's; `ConflictError` where another plan has a target of it in that year, or another
    target is on record and no reason is given.
    """
    actor.require("performance.record")
    lock_to_record(f"target.{year}.{indicator}")
    version = indicators().indicator(indicator).versions[-1]
    if target.value < 0 or target.unit is not version.unit:
        raise RefusedError("a target of %(indicator)s is given in %(unit)s", indicator=indicator, unit=version.unit)
    before = targets_of(year).get(indicator)
    if before == target:
        return False
    if before and before.plan != target.plan:
        raise ConflictError("the plan %(plan)s has a target of %(indicator)s", plan=before.plan, indicator=indicator)
    if before and not reason.strip():
        raise ConflictError("%(value)s is on record for %(indicator)s", value=str(before.value), indicator=indicator)
    IndicatorTarget.objects.create(
        year=year,
        indicator=indicator,
        **asdict(target),
        reason=reason.strip() if before else "",
        recorded_by=str(actor),
        recorded_at=clock.now(),
    )
    detail = {"year": year, "indicator": indicator, "plan": target.plan, "value": str(target.value)}
    leaf_append(clock=clock, actor=str(actor), action="performance.target_set", detail=detail)
    return True


class _TargetRow(Row):
    indicator: str
    plan: str
    value: Annotated[Decimal, Field(ge=0)]
    unit: Unit
    source: str
    owner: str
    since: date


class _TargetFile(Row):
    year: int
    targets: tuple[_TargetRow, ...]


@transaction.atomic
def targets_load(folder: Path, *, clock: Clock, actor: Actor, reason: str = "") -> Mapping[str, int]:
    """Set the targets of `targets.yaml` in a folder; gives how many were new. The same again changes nothing.

    Raises `ForbiddenError`; `UnreadableError` or `ConflictError` with the file and the indicator. Nothing is set then.
    """
    path = folder / TARGETS
    if not path.exists():
        return {TARGETS: 0}
    found = validated(path, _TargetFile)
    added = 0
    for row in found.targets:
        target = Target(row.plan, row.value, row.unit, row.source, row.owner, row.since)
        try:
            added += target_set(
                clock=clock, actor=actor, year=found.year, indicator=row.indicator, target=target, reason=reason
            )
        except ConflictError as error:
            raise ConflictError("%(path)s: %(cause)s", path=str(path), cause=error.reason) from error
        except (NotFoundError, RefusedError) as error:
            raise UnreadableError("%(path)s: %(cause)s", path=str(path), cause=error.reason) from error
    return {TARGETS: added}

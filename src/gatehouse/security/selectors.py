"""Alerts that are kept, with what was found of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Case, OuterRef, Q, Subquery, When

from gatehouse.kernel.errors import NotFoundError
from gatehouse.platform.actors import Actor
from gatehouse.security.domain.triage import CLOSED, Finding
from gatehouse.security.models import AlertFinding, KeptAlert, Watch

#: How grave the levels of Sigma are, the gravest first.
LEVELS = ("critical", "high", "medium", "low", "informational", "")
_MOST = 500


@dataclass(frozen=True, slots=True)
class FoundView:
    finding: Finding
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class AlertView:
    """`events`: index, time, action, actor and site of the first hundred of `count`."""

    id: UUID
    rule: str
    title: str
    author: str
    level: str
    actor: str
    events: Sequence[Mapping[str, Any]]
    count: int
    first_at: datetime
    last_at: datetime
    raised_at: datetime
    findings: Sequence[FoundView]

    @property
    def finding(self) -> Finding | None:
        """The last one; None while it is new."""
        return self.findings[-1].finding if self.findings else None

    @property
    def is_open(self) -> bool:
        return self.finding not in CLOSED


def alerts_of(*, reader: Actor, is_open: bool | None = None, level: str | None = None) -> list[AlertView]:
    """Alerts, the gravest first and of these the last first; at most 500. Raises `ForbiddenError`."""
    reader.require("security.read_alerts")
    last = AlertFinding.objects.filter(alert=OuterRef("pk")).order_by("-id").values("finding")[:1]
    found = KeptAlert.objects.filter(replaced_by=None).annotate(last_finding=Subquery(last))
    gravity = Case(*(When(level=name, then=place) for place, name in enumerate(LEVELS)), default=len(LEVELS))
    if level is not None:
        found = found.filter(level=level)
    if is_open is not None:
        done = Q(last_finding__in=[each.value for each in CLOSED])
        # What nobody looked at has no last finding, and NULL is neither in the list nor out of it.
        found = found.filter(Q(last_finding=None) | ~done) if is_open else found.filter(done)
    return [_view(row) for row in found.order_by(gravity, "-last_at").prefetch_related("findings")[:_MOST]]


def alert(*, reader: Actor, id: UUID) -> AlertView:
    """Raises `ForbiddenError`, `NotFoundError`."""
    reader.require("security.read_alerts")
    row = KeptAlert.objects.filter(pk=id, replaced_by=None).prefetch_related("findings").first()
    if row is None:
        raise NotFoundError("there is no such alert")
    return _view(row)


def watched_at(*, reader: Actor) -> datetime | None:
    """When the log was last looked at; None where it never was. Raises `ForbiddenError`."""
    reader.require("security.read_alerts")
    watch = Watch.objects.filter(pk=1).first()
    return watch.at if watch else None


def _view(row: KeptAlert) -> AlertView:
    found = tuple(FoundView(Finding(each.finding), each.reason, each.by, each.at) for each in row.findings.all())
    return AlertView(
        id=row.id,
        rule=row.rule,
        title=row.title,
        author=row.author,
        level=row.level,
        actor=row.actor,
        events=tuple(row.events),
        count=row.count,
        first_at=row.first_at,
        last_at=row.last_at,
        raised_at=row.raised_at,
        findings=found,
    )

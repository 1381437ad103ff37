"""Incidents as they are shown, and how long repairs took."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet

from gatehouse.kernel.errors import NotFoundError
from gatehouse.monitoring.domain.assets import AssetClass
from gatehouse.monitoring.domain.incidents import StepKind
from gatehouse.monitoring.domain.states import State
from gatehouse.monitoring.models import Incident
from gatehouse.platform.actors import Actor


@dataclass(frozen=True, slots=True)
class StepView:
    kind: StepKind
    at: datetime
    by: str
    note: str


@dataclass(frozen=True, slots=True)
class Affected:
    tag: str
    since: datetime
    until: datetime | None


@dataclass(frozen=True, slots=True)
class IncidentView:
    """`state` is the cause's when the incident was opened."""

    number: int
    cause: str
    asset_class: AssetClass
    site: str
    hall: str
    state: State
    began_at: datetime
    detected_at: datetime
    resolved_at: datetime | None
    devices: tuple[Affected, ...]
    steps: tuple[StepView, ...]

    @property
    def acknowledged(self) -> StepView | None:
        return next((step for step in self.steps if step.kind is StepKind.ACKNOWLEDGED), None)


@dataclass(frozen=True, slots=True)
class RepairTimes:
    """By `domain.incidents.REPAIR_DEFINITION`; a mean over nothing is None."""

    incidents: int
    acknowledged: int
    resolved: int
    mean_to_acknowledge: timedelta | None
    mean_to_repair: timedelta | None


def incidents_of(*, reader: Actor, is_open: bool | None = None, most: int | None = None) -> list[IncidentView]:
    """Incidents, or those that are open or resolved: open ones by when they began, then the last resolved first.

    Raises `ForbiddenError`.
    """
    reader.require("monitoring.read")
    found = Incident.objects.all() if is_open is None else Incident.objects.filter(resolved_at__isnull=is_open)
    views = [_view(row) for row in _whole(found)]
    views.sort(key=lambda each: (each.resolved_at is not None, _order(each)))
    return views[:most]


def incident(*, reader: Actor, number: int) -> IncidentView:
    """Raises `ForbiddenError`, `NotFoundError`."""
    reader.require("monitoring.read")
    row = _whole(Incident.objects.filter(pk=number)).first()
    if row is None:
        raise NotFoundError("there is no incident %(number)d", number=number)
    return _view(row)


def repair_times(
    *, reader: Actor, since: datetime, until: datetime, asset_class: AssetClass | None = None
) -> RepairTimes:
    """Of incidents that were opened from `since` to just before `until`. Raises `ForbiddenError`."""
    reader.require("monitoring.read")
    found = Incident.objects.filter(detected_at__gte=since, detected_at__lt=until)
    if asset_class is not None:
        found = found.filter(cause__asset_class=asset_class)
    views = [_view(row) for row in _whole(found)]
    answered = [step.at - each.detected_at for each in views if (step := each.acknowledged) is not None]
    repaired = [each.resolved_at - each.began_at for each in views if each.resolved_at is not None]
    return RepairTimes(len(views), len(answered), len(repaired), _mean(answered), _mean(repaired))


def _whole(found: QuerySet[Incident]) -> QuerySet[Incident]:
    return found.select_related("cause").prefetch_related("devices__asset", "steps").order_by("id")


def _order(view: IncidentView) -> float:
    return view.began_at.timestamp() if view.resolved_at is None else -view.resolved_at.timestamp()


def _mean(times: Sequence[timedelta]) -> timedelta | None:
    return sum(times, timedelta()) / len(times) if times else None


def _view(row: Incident) -> IncidentView:
    steps = sorted(row.steps.all(), key=lambda step: step.id)
    devices = sorted(row.devices.all(), key=lambda device: (device.asset.tag != row.cause.tag, device.asset.tag))
    return IncidentView(
        number=row.id,
        cause=row.cause.tag,
        asset_class=AssetClass(row.cause.asset_class),
        site=row.cause.site,
        hall=row.cause.hall,
        state=State(row.state),
        began_at=row.began_at,
        detected_at=row.detected_at,
        resolved_at=row.resolved_at,
        devices=tuple(Affected(each.asset.tag, each.since, each.until) for each in devices),
        steps=tuple(StepView(StepKind(each.kind), each.at, each.by, each.note) for each in steps),
    )

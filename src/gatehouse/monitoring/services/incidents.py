"""Opening and resolving incidents from what is said of the devices now, and what people do about them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from gatehouse.audit.api import leaf_append
from gatehouse.kernel.clock import Clock
from gatehouse.kernel.errors import ConflictError, NotFoundError, RefusedError
from gatehouse.monitoring.domain.incidents import (
    AILING,
    BY_PEOPLE,
    RESOLVES_AFTER,
    Ailing,
    StepKind,
    cause_of,
    causes,
)
from gatehouse.monitoring.models import Asset, Incident, IncidentDevice, IncidentStep
from gatehouse.monitoring.selectors.conditions import DeviceCondition, conditions_of
from gatehouse.monitoring.selectors.ledger import planned_at
from gatehouse.platform.actors import Actor
from gatehouse.platform.database import lock_for_transaction

_INCIDENTS = "monitoring.incidents"
LONGEST_NOTE = 2000


@dataclass(frozen=True, slots=True)
class IncidentChanges:
    """Numbers of incidents."""

    opened: list[int] = field(default_factory=list)
    resolved: list[int] = field(default_factory=list)


@transaction.atomic
def incidents_update(*, clock: Clock, actor: Actor) -> IncidentChanges:
    """Open an incident for each cause that has none, add what each explains now, and resolve those that are over.

    What is being worked on by plan is no incident. Called again and again; twice at once is once. Raises
    `ForbiddenError`.
    """
    actor.require("monitoring.observe")
    lock_for_transaction(_INCIDENTS)
    now = clock.now()
    conditions = {each.asset.tag: each for each in conditions_of(clock=clock, reader=actor)}
    update = _Round(now, str(actor), conditions, _ailing(conditions.values(), now))
    update.let_go()
    for cause, tags in causes(update.ailing, now).items():
        update.explain(cause, tags)
    update.resolve()
    return update.changes


@transaction.atomic
def incident_step_add(*, clock: Clock, actor: Actor, incident: int, kind: StepKind, note: str = "") -> None:
    """Acknowledge an incident, or say what was found or done. Raises `ForbiddenError`, `NotFoundError`; `RefusedError`
    without a word where one is needed, for the house's own steps, or a review of what is not resolved;
    `ConflictError` where it was acknowledged before.
    """
    actor.require("monitoring.handle")
    found = Incident.objects.select_for_update().filter(pk=incident).first()
    if found is None:
        raise NotFoundError("there is no incident %(number)d", number=incident)
    said = note.strip()
    if kind not in BY_PEOPLE:
        raise RefusedError("%(kind)s is not for people to say", kind=kind.value)
    if kind is not StepKind.ACKNOWLEDGED and not said:
        raise RefusedError("a step says what was found or done")
    if len(said) > LONGEST_NOTE:
        raise RefusedError("a step has at most %(most)d characters", most=LONGEST_NOTE)
    if kind is StepKind.REVIEWED and found.resolved_at is None:
        raise RefusedError("an incident is reviewed when it is resolved")
    if kind is StepKind.ACKNOWLEDGED and found.steps.filter(kind=kind.value).exists():
        raise ConflictError("the incident was acknowledged before")
    _step(found, kind, clock.now(), str(actor), said)
    detail = {"incident": incident, "kind": kind.value, "note": said}
    leaf_append(clock=clock, actor=str(actor), action="monitoring.incident_step", site=found.cause.site, detail=detail)


def _ailing(conditions: Iterable[DeviceCondition], now: datetime) -> dict[str, Ailing]:
    """Of devices that somebody watches: one of which nobody ever heard has no state to fall out of."""
    found = [each for each in conditions if each.words and each.state in AILING]
    planned = planned_at([each.asset.tag for each in found], now)
    return {
        each.asset.tag: Ailing(each.asset.tag, each.state, each.since or now, each.needs)
        for each in found
        if each.asset.tag not in planned
    }


@dataclass(frozen=True)
class _Round:
    """One look at all devices."""

    now: datetime
    by: str
    conditions: Mapping[str, DeviceCondition]
    ailing: Mapping[str, Ailing]
    changes: IncidentChanges = field(default_factory=IncidentChanges)

    def let_go(self) -> None:
        """Part devices from incidents that explain them no longer."""
        attached = IncidentDevice.objects.filter(until__isnull=True).select_related("asset", "incident__cause")
        for device in attached.order_by("id"):
            until = self._until(device)
            if until is not None:
                device.until = max(until, device.since)
                device.save(update_fields=["until"])

    def explain(self, cause: str, tags: list[str]) -> None:
        """One open incident for the cause, with all that it explains and no other incident does."""
        known = set(IncidentDevice.objects.filter(until__isnull=True).values_list("asset__tag", flat=True))
        fresh = [tag for tag in tags if tag not in known]
        if not fresh:
            return
        assets = {asset.tag: asset for asset in Asset.objects.filter(tag__in={cause, *tags})}
        incident = Incident.objects.filter(cause=assets[cause], resolved_at__isnull=True).first()
        if incident is None:
            first = self.ailing[cause]
            incident = Incident.objects.create(
                cause=assets[cause], state=first.state.value, began_at=first.since, detected_at=self.now
            )
            _step(incident, StepKind.OPENED, self.now, self.by)
            self.changes.opened.append(incident.id)
        IncidentDevice.objects.bulk_create(
            IncidentDevice(incident=incident, asset=assets[tag], since=self.ailing[tag].since) for tag in fresh
        )

    def resolve(self) -> None:
        """Incidents that explain nothing any more."""
        for incident in Incident.objects.filter(resolved_at__isnull=True).order_by("id"):
            if incident.devices.filter(until__isnull=True).exists():
                continue
            ends = incident.devices.values_list("until", flat=True)
            incident.resolved_at = max([incident.began_at, *filter(None, ends)])
            incident.save(update_fields=["resolved_at"])
            _step(incident, StepKind.RESOLVED, self.now, self.by)
            self.changes.resolved.append(incident.id)

    def _until(self, device: IncidentDevice) -> datetime | None:
        """Until when the incident explained the device; None while it does."""
        tag, cause = device.asset.tag, device.incident.cause.tag
        if tag not in self.ailing:
            return self._served(tag)
        other = cause_of(tag, self.ailing)
        if other == cause:
            return None
        if cause not in self.ailing:
            return self._served(cause)  # what is still down once its cause serves again has a cause of its own
        if tag == cause:
            _step(device.incident, StepKind.MERGED, self.now, self.by, other)
        return self.now

    def _served(self, tag: str) -> datetime | None:
        """Since when a device serves again; None where not for long enough. Of one that nobody asks for: now."""
        condition = self.conditions.get(tag)
        if condition is None or condition.state in AILING or condition.since is None:
            return self.now  # taken out of service, or worked on by plan
        return condition.since if condition.since <= self.now - RESOLVES_AFTER else None


def _step(incident: Incident, kind: StepKind, at: datetime, by: str, note: str = "") -> None:
    IncidentStep.objects.create(incident=incident, kind=kind.value, at=at, by=by, note=note)

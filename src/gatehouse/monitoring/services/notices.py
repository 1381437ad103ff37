"""Deciding whom to tell of incidents, and telling them: each once, tried again until it arrives or a day is over."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from gatehouse.kernel.clock import Clock
from gatehouse.kernel.errors import GatehouseError
from gatehouse.monitoring.domain.incidents import StepKind
from gatehouse.monitoring.domain.notices import GIVEN_UP, LONGEST_WAIT, Occasion, next_try
from gatehouse.monitoring.models import Incident, Notice, NoticeTry
from gatehouse.monitoring.telling.plan import Route, TellingPlan
from gatehouse.monitoring.telling.sending import NotToldError, send
from gatehouse.platform.actors import Actor
from gatehouse.platform.database import lock_for_transaction

_NOTICES = "monitoring.notices"


@dataclass(frozen=True, slots=True)
class Told:
    """How many notices arrived in one round, how many did not, and how many are still to be sent."""

    arrived: int
    failed: int
    waiting: int


@transaction.atomic
def notices_decide(*, clock: Clock, actor: Actor, plan: TellingPlan) -> int:
    """Write down who is to be told of what by the plan; gives how many that are new. Twice at once is once.

    Incidents that were resolved before anybody could be told are told of all the same, and that they are over. Raises
    `ForbiddenError`.
    """
    actor.require("monitoring.observe")
    lock_for_transaction(_NOTICES)
    before = Notice.objects.count()
    Notice.objects.bulk_create(_wanted(clock, plan), ignore_conflicts=True)
    return Notice.objects.count() - before


def notices_send(*, clock: Clock, actor: Actor, sending: Callable[[Notice], str] = send, most: int = 100) -> Told:
    """Try what is due, each in a transaction of its own, for several senders at once. Raises `ForbiddenError`."""
    actor.require("monitoring.observe")
    arrived = failed = 0
    for notice in _due(clock)[:most]:
        done = _try(clock, notice, sending)
        arrived += done is True
        failed += done is False
    return Told(arrived, failed, len(_open(clock.now())))


def _wanted(clock: Clock, plan: TellingPlan) -> Iterator[Notice]:
    """Of incidents that are open, or were resolved since the last day."""
    now = clock.now()
    recent = Q(resolved_at__isnull=True) | Q(resolved_at__gte=now - timedelta(days=1))
    taken = Exists(Incident.objects.filter(pk=OuterRef("pk"), steps__kind=StepKind.ACKNOWLEDGED.value))
    found = Incident.objects.filter(recent).select_related("cause").annotate(taken=taken).order_by("id")
    for incident in found:
        for route in plan.routes:
            if route.concerns(incident.cause.asset_class, incident.cause.site):
                yield from _by_route(incident, route, plan, now)


def _by_route(incident: Incident, route: Route, plan: TellingPlan, now: datetime) -> Iterator[Notice]:
    to = plan.recipient(route.to)

    def notice(occasion: Occasion, due_at: datetime) -> Notice:
        return Notice(
            incident=incident,
            occasion=occasion.value,
            recipient=to.name,
            channel=to.channel.value,
            address=to.address,
            due_at=due_at,
        )

    if Occasion.OPENED in route.occasions:
        yield notice(Occasion.OPENED, incident.detected_at)
    late = incident.detected_at + timedelta(minutes=route.after_minutes)
    waits = incident.resolved_at is None and not incident.taken and late <= now  # type: ignore[attr-defined]
    if Occasion.UNACKNOWLEDGED in route.occasions and waits:
        yield notice(Occasion.UNACKNOWLEDGED, late)
    told = (
        Notice.objects.filter(incident=incident, recipient=to.name).exclude(occasion=Occasion.RESOLVED.value).exists()
    )
    if Occasion.RESOLVED in route.occasions and incident.resolved_at is not None and told:
        yield notice(Occasion.RESOLVED, incident.resolved_at)


def _open(now: datetime) -> list[Notice]:
    """What has not arrived yet and is not given up: it was tried for as long as it is."""
    tries = NoticeTry.objects.filter(notice=OuterRef("pk"))
    last_hour = tries.filter(at__gt=OuterRef("due_at") + GIVEN_UP - LONGEST_WAIT)
    tried_out = Q(due_at__lt=now - GIVEN_UP - LONGEST_WAIT) & Exists(last_hour)
    found = Notice.objects.exclude(tried_out).filter(~Exists(tries.filter(arrived=True)))
    return [notice for notice in found.prefetch_related("tries").order_by("id") if _next(notice) is not None]


def _due(clock: Clock) -> list[Notice]:
    now = clock.now()
    return [notice for notice in _open(now) if (at := _next(notice)) is not None and at <= now]


def _next(notice: Notice) -> datetime | None:
    tries = sorted(each.at for each in notice.tries.all())
    return next_try(notice.due_at, len(tries), tries[-1] if tries else None)


@transaction.atomic
def _try(clock: Clock, notice: Notice, sending: Callable[[Notice], str]) -> bool | None:
    """Whether it arrived; None where another sender has it, or had."""
    locked = Notice.objects.select_for_update(skip_locked=True, of=("self",)).filter(pk=notice.pk)
    row = locked.select_related("incident__cause").first()
    if row is None or row.tries.filter(arrived=True).exists():
        return None
    try:
        said, arrived = sending(row), True
    except (NotToldError, GatehouseError) as error:  # a setting that is wrong stops nobody else's
        said, arrived = str(error), False
    NoticeTry.objects.create(notice=row, at=clock.now(), arrived=arrived, said=said)
    return arrived

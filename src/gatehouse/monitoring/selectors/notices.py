"""Who was told of an incident, by which way, and whether it arrived."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef

from gatehouse.monitoring.domain.notices import Channel, Occasion, next_try
from gatehouse.monitoring.models import Notice, NoticeTry
from gatehouse.platform.actors import Actor


@dataclass(frozen=True, slots=True)
class NoticeView:
    """`said` is what the other side said last; without `arrived_at` and `next_at` it was given up."""

    occasion: Occasion
    recipient: str
    channel: Channel
    due_at: datetime
    arrived_at: datetime | None
    tries: int
    said: str
    next_at: datetime | None


def notices_of(*, reader: Actor, incident: int) -> tuple[NoticeView, ...]:
    """In the order in which they were due. Raises `ForbiddenError`."""
    reader.require("monitoring.read")
    found = Notice.objects.filter(incident=incident).prefetch_related("tries").order_by("due_at", "id")
    return tuple(_view(row) for row in found)


def notices_waiting(*, reader: Actor) -> int:
    """How many have not arrived, whether they are tried again or given up. Raises `ForbiddenError`."""
    reader.require("monitoring.read")
    arrived = NoticeTry.objects.filter(notice=OuterRef("pk"), arrived=True)
    return Notice.objects.filter(~Exists(arrived)).count()


def _view(row: Notice) -> NoticeView:
    tries = sorted(row.tries.all(), key=lambda each: each.id)
    arrived = next((each.at for each in tries if each.arrived), None)
    last = tries[-1] if tries else None
    again = None if arrived else next_try(row.due_at, len(tries), last.at if last else None)
    said = last.said if last else ""
    return NoticeView(
        Occasion(row.occasion), row.recipient, Channel(row.channel), row.due_at, arrived, len(tries), said, again
    )

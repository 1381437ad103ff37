"""Reading the ledger of crossings."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import QuerySet

from gatehouse.audit.api import look_record, purpose_of
from gatehouse.border.domain.rules import rules_of
from gatehouse.border.domain.views import CrossingView
from gatehouse.border.domain.words import Capacity, Direction
from gatehouse.border.models import Crossing
from gatehouse.kernel.clock import Clock
from gatehouse.platform.actors import Actor
from gatehouse.platform.database import rows
from gatehouse.platform.profile import Profile
from gatehouse.platform.profile import profile as settings_profile

#: The kinds of data that a crossing shows of a person, for the leaf of the look.
SHOWN = ("crossings", "document_number", "nationality")

_LAST_ENTRY = """
SELECT last_permitted_day FROM border_crossing c
 WHERE traveller = %s AND direction = 'entry' AND NOT void
   AND NOT EXISTS (SELECT FROM border_crossing n WHERE n.corrects_id = c.id)
 ORDER BY crossed_at DESC LIMIT 1
"""

_HISTORY = """
SELECT id, crossed_at, port, lane, direction, capacity, conveyance, document_issuer, document_number, nationality,
       traveller, last_permitted_day, recorded_by, corrects_id, NULL AS corrected_by, void, reason
  FROM border_crossing c
 WHERE traveller = %s AND NOT void AND NOT EXISTS (SELECT FROM border_crossing n WHERE n.corrects_id = c.id)
 ORDER BY crossed_at DESC LIMIT %s
"""


def last_permitted_day(traveller: UUID) -> date | None:
    """Until when the person's last entry lets them stay; None where there is no entry on record, or no such limit."""
    found = rows(_LAST_ENTRY, (traveller,))
    return found[0][0] if found else None


@transaction.atomic
def crossings_of(
    traveller: UUID,
    *,
    clock: Clock,
    reader: Actor,
    purpose: str,
    case: str | None = None,
    reason: str | None = None,
    limit: int = 5,
) -> tuple[CrossingView, ...]:
    """The last crossings of a person as they stand now, the latest first; those found void are left out.

    Raises `ForbiddenError`, and `RefusedError` without a purpose (see `gatehouse.audit.api.look_record`).
    """
    reader.require("border.read_crossings")
    look_record(
        clock=clock,
        reader=reader,
        subject=str(traveller),
        purpose=purpose,
        shown=SHOWN,
        searched_by=("traveller",),
        case=case,
        reason=reason,
    )
    return history_of(traveller, limit=limit)


def history_of(traveller: UUID, *, limit: int) -> tuple[CrossingView, ...]:
    """As `crossings_of`, for those who record the look themselves."""
    return tuple(_view_of_row(row) for row in rows(_HISTORY, (traveller, limit)))


@transaction.atomic
def crossings_behind(
    day: date,
    port: str,
    direction: Direction | None = None,
    *,
    clock: Clock,
    reader: Actor,
    purpose: str,
    case: str | None = None,
    reason: str | None = None,
    offset: int = 0,
    limit: int = 50,
    profile: Profile | None = None,
) -> tuple[CrossingView, ...]:
    """The records that were counted for a day, port and direction, a page of them, in the order of time.

    Each person who is shown is looked at, and each look leaves its leaf. Raises as `crossings_of`.
    """
    reader.require("border.read_crossings")
    purpose_of(purpose, reader=reader, case=case, reason=reason)
    start, end = day_bounds(day, rules_of(profile or settings_profile()).zone)
    found = current().filter(port=port, crossed_at__gte=start, crossed_at__lt=end)
    if direction is not None:
        found = found.filter(direction=Direction(direction).value)
    shown = tuple(map(view_of, found.order_by("crossed_at", "id")[offset : offset + limit]))
    for traveller in dict.fromkeys(crossing.traveller for crossing in shown):
        look_record(
            clock=clock,
            reader=reader,
            subject=str(traveller),
            purpose=purpose,
            shown=SHOWN,
            searched_by=("day", "port", "direction"),
            site=port,
            case=case,
            reason=reason,
        )
    return shown


def current() -> QuerySet[Crossing]:
    """Records as they stand now: not replaced by a correction, not void."""
    return Crossing.objects.filter(corrected_by__isnull=True, void=False)


def day_bounds(day: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The first moment of a day at the border, and that of the next."""
    return datetime.combine(day, time(), zone), datetime.combine(day + timedelta(days=1), time(), zone)


def view_of(crossing: Crossing, corrected_by: UUID | None = None) -> CrossingView:
    return CrossingView(
        id=crossing.id,
        crossed_at=crossing.crossed_at,
        port=crossing.port,
        lane=crossing.lane,
        direction=Direction(crossing.direction),
        capacity=Capacity(crossing.capacity),
        conveyance=crossing.conveyance,
        document_issuer=crossing.document_issuer,
        document_number=crossing.document_number,
        nationality=crossing.nationality,
        traveller=crossing.traveller,
        last_permitted_day=crossing.last_permitted_day,
        recorded_by=crossing.recorded_by,
        corrects=crossing.corrects_id,
        corrected_by=corrected_by,
        void=crossing.void,
        reason=crossing.reason,
    )


def _view_of_row(row: tuple[Any, ...]) -> CrossingView:
    direction, capacity = Direction(row[4]), Capacity(row[5])
    return replace(CrossingView(*row), direction=direction, capacity=capacity)

"""Who waits at the second line."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import F, QuerySet

from gatehouse.border.domain.views import QueueRow
from gatehouse.border.domain.words import DecisionKind, Direction, InspectionState
from gatehouse.border.models import Inspection
from gatehouse.kernel.clock import Clock
from gatehouse.platform.actors import Actor


def second_line_queue(port: str, clock: Clock, *, reader: Actor) -> list[QueueRow]:
    """Inspections of a port that wait: first those whose statutory time ends soonest, then those that wait longest.

    It names who is to be called, and shows nothing of their records: opening one is the look. Raises `ForbiddenError`.
    """
    reader.require_at("border.second_line", port)
    return [_row(found, clock) for found in waiting_at(port)]


def inspections_of_document(*, issuer: str, number: str, port: str, since: datetime, reader: Actor) -> list[UUID]:
    """The inspections of a document at a port since then, in the order of time: their ids, which say nothing.

    Raises `ForbiddenError`.
    """
    reader.require_at("border.read_full_log", port)
    found = Inspection.objects.filter(document_issuer=issuer, document_number=number, port=port, opened_at__gte=since)
    return list(found.order_by("opened_at", "id").values_list("id", flat=True))


def waiting_at(port: str) -> QuerySet[Inspection]:
    """The inspections themselves, in the order of the queue."""
    waiting = Inspection.objects.filter(port=port, waiting_since__isnull=False)
    return waiting.order_by(F("hold_ends_at").asc(nulls_last=True), "waiting_since")


def _row(found: Inspection, clock: Clock) -> QueueRow:
    now, person = clock.now(), found.findings["person"]
    waiting_since = found.waiting_since or found.opened_at
    return QueueRow(
        inspection=found.id,
        state=InspectionState(found.state),
        lane=found.lane,
        direction=Direction(found.direction),
        surname=person["surname"],
        given_names=person["given_names"],
        nationality=found.nationality,
        proposed=DecisionKind(found.proposed),
        waiting_since=waiting_since,
        waiting=now - waiting_since,
        hold_ends_at=found.hold_ends_at,
        overdue=found.hold_ends_at is not None and now > found.hold_ends_at,
    )

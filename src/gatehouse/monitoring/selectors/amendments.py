"""Reading what was asked to be amended, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from gatehouse.monitoring.domain.states import State
from gatehouse.monitoring.models import Amendment
from gatehouse.platform.actors import Actor


@dataclass(frozen=True, slots=True)
class AmendmentView:
    """`confirmed` is None while it waits for an answer."""

    number: int
    device: str
    start: datetime
    end: datetime
    state: State
    reason: str
    requested_by: str
    requested_at: datetime
    confirmed: bool | None = None
    answered_by: str = ""
    answered_at: datetime | None = None
    answer: str = ""


def amendments_of(*, reader: Actor, waiting: bool = False) -> list[AmendmentView]:
    """All amendments, or those that wait for an answer, the oldest first. Raises `ForbiddenError`."""
    reader.require("monitoring.read")
    found = Amendment.objects.select_related("asset", "answer").order_by("id")
    return [_view(row) for row in (found.filter(answer__isnull=True) if waiting else found)]


def _view(row: Amendment) -> AmendmentView:
    answer = getattr(row, "answer", None)
    return AmendmentView(
        number=row.id,
        device=row.asset.tag,
        start=row.start,
        end=row.end,
        state=State(row.state),
        reason=row.reason,
        requested_by=row.requested_by,
        requested_at=row.requested_at,
        confirmed=answer.confirmed if answer else None,
        answered_by=answer.answered_by if answer else "",
        answered_at=answer.answered_at if answer else None,
        answer=answer.reason if answer else "",
    )

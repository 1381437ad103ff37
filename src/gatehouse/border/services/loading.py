"""Loading tallies from a folder: `passages.csv` and `enrolments.csv`, one count a row."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Annotated

from django.db import transaction
from pydantic import Field

from gatehouse.border.domain.tallies import MonthEnrolments, MonthPassages
from gatehouse.border.domain.words import Channel, Direction, EnrolmentPlace, Who
from gatehouse.border.services.tallies import enrolment_tallies_record, passage_tallies_record
from gatehouse.kernel.clock import Clock
from gatehouse.platform.actors import Actor
from gatehouse.platform.profile import Row
from gatehouse.platform.records import load

PASSAGES, ENROLMENTS = "passages.csv", "enrolments.csv"
_Month = Annotated[str, Field(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")]
_Count = Annotated[int, Field(ge=0, lt=2**31)]


class _PassageRow(Row):
    month: _Month
    port: str
    direction: Direction
    who: Who
    channel: Channel
    count: _Count
    source: str
    reconstructed: bool = False


class _EnrolmentRow(Row):
    month: _Month
    port: str
    place: EnrolmentPlace
    count: _Count
    source: str
    reconstructed: bool = False


@transaction.atomic
def tallies_load(folder: Path, *, clock: Clock, actor: Actor) -> dict[str, int]:
    """Record the tallies of a folder; gives how many of each file were new. The same again changes nothing.

    Raises `ForbiddenError`; `UnreadableError` or `ConflictError` with the file and line. Nothing is stored then.
    """

    def passages(rows: Iterable[_PassageRow]) -> int:
        counts = (
            MonthPassages(
                _first(row.month),
                row.port,
                row.direction,
                row.who,
                row.channel,
                row.count,
                row.source,
                row.reconstructed,
            )
            for row in rows
        )
        return passage_tallies_record(clock=clock, actor=actor, tallies=counts)

    def enrolments(rows: Iterable[_EnrolmentRow]) -> int:
        counts = (
            MonthEnrolments(_first(row.month), row.port, row.place, row.count, row.source, row.reconstructed)
            for row in rows
        )
        return enrolment_tallies_record(clock=clock, actor=actor, tallies=counts)

    return {
        PASSAGES: load(folder / PASSAGES, _PassageRow, passages),
        ENROLMENTS: load(folder / ENROLMENTS, _EnrolmentRow, enrolments),
    }


def _first(month: str) -> date:
    return date.fromisoformat(f"{month}-01")

"""Reading what is kept with revisions: the latest revision of each code, unless it was withdrawn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from gatehouse.performance.domain.records import Record
from gatehouse.performance.models.kept import Kept

Model = TypeVar("Model", bound=Kept)


def current(model: type[Model], **scope: Any) -> list[Model]:
    """The records that count, in the order of their codes.

    `scope` narrows by what no revision can change: the plan or the group. All else is filtered afterwards: a row that
    was replaced must not come back because the newer one is filtered out.
    """
    latest = model._default_manager.filter(**scope).order_by("code", "-revision").distinct("code")
    return [row for row in latest if not row.void]


@dataclass(frozen=True, slots=True)
class Revision:
    """What a record said from a moment on, who recorded it and why it replaced what stood before."""

    number: int
    facts: Record
    void: bool
    reason: str
    recorded_by: str
    recorded_at: datetime


def revisions_of(model: type[Kept], code: str, **scope: Any) -> list[Revision]:
    """Every revision of a record, the first one first; none where there is no such record."""
    rows = model._default_manager.filter(**scope, code=code).order_by("revision")
    return [
        Revision(row.revision, row.as_facts(), row.void, row.reason, row.recorded_by, row.recorded_at) for row in rows
    ]

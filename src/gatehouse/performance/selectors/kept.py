"""Reading what is kept with revisions: the latest revision of each code, unless it was withdrawn."""

from __future__ import annotations

from typing import Any, TypeVar

from gatehouse.performance.models.kept import Kept

Model = TypeVar("Model", bound=Kept)


def current(model: type[Model], **scope: Any) -> list[Model]:
    """The records that count, in the order of their codes.

    `scope` narrows by what no revision can change: the plan or the group. All else is filtered afterwards: a row that
    was replaced must not come back because the newer one is filtered out.
    """
    latest = model._default_manager.filter(**scope).order_by("code", "-revision").distinct("code")
    return [row for row in latest if not row.void]

"""How long, and on which grounds, a person may be held at the station during inspection."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from pydantic import Field

from gatehouse.kernel.errors import RefusedError
from gatehouse.law.dated import Dated, in_force


class HoldRule(Dated):
    hours_nationals: int = Field(gt=0)
    hours_others: int = Field(gt=0)
    #: Each ground by its number in the article, in the profile's languages.
    grounds: dict[int, dict[str, str]] = Field(min_length=1)

    def limit(self, *, national: bool) -> timedelta:
        return timedelta(hours=self.hours_nationals if national else self.hours_others)


def hold_rule(rules: Iterable[HoldRule], on: date) -> HoldRule:
    """The rule in force on that day. Raises `RefusedError` where no law allows a hold."""
    found = in_force(rules, on)
    if not found:
        raise RefusedError("no law in force on %(day)s allows a hold", day=on.isoformat())
    return found[0]

"""The years that something is on record of."""

from __future__ import annotations

from datetime import date

from gatehouse.performance import models
from gatehouse.performance.domain.years import year_of
from gatehouse.platform.actors import Actor
from gatehouse.platform.profile import profile

_OF_YEARS = (models.Milestone, models.BudgetMovement, models.IndicatorTarget, models.NarrativePart, models.Edition)


def years_on_record(*, reader: Actor) -> list[int]:
    """The years, in the agency's calendar, that have a milestone, money, a target, a narrative or an edition; the last
    one first. Raises `ForbiddenError`.
    """
    reader.require("performance.read")
    first, *others = (model._default_manager.order_by().values_list("year", flat=True) for model in _OF_YEARS)
    return sorted(first.union(*others), reverse=True)


def year_now(today: date) -> int:
    """The year of the agency's calendar in which a day lies."""
    return year_of(today, profile().agency.calendar)

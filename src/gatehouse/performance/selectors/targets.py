"""The targets of a year."""

from __future__ import annotations

from decimal import Decimal

from gatehouse.performance.domain.achievement import Unit
from gatehouse.performance.domain.measured import Target
from gatehouse.performance.models import IndicatorTarget


def targets_of(year: int) -> dict[str, Target]:
    """For this room, which asked for the permission: the targets of a year of the agency's calendar, by indicator."""
    latest = IndicatorTarget.objects.filter(year=year).order_by("indicator", "-id").distinct("indicator")
    return {
        row.indicator: Target(row.plan, _short(row.value), Unit(row.unit), row.source, row.owner, row.on)
        for row in latest
    }


def _short(value: Decimal) -> Decimal:
    """Without the zeros that the column adds: 65 and not 65.0000, nor 1E+2."""
    whole = value.to_integral_value()
    return whole.quantize(Decimal(1)) if value == whole else value.normalize()

"""Hour by hour availability of a class of devices against its target, as bars."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from gatehouse.monitoring.api import Account, HourAccount, State
from gatehouse.web.equipment.words import percent

#: Size of the picture in its own units, and where the line of the target stands.
WIDTH, HEIGHT = 480, 100
TARGET_AT = HEIGHT / 4
#: From full service down to this many times what the target allows to be lost: further down it is "far below".
_DEPTH = 4
_LEAST = 4.0


@dataclass(frozen=True, slots=True)
class Bar:
    x: float
    y: float
    width: float
    height: float
    #: met, missed or unknown.
    kind: str
    start: datetime


@dataclass(frozen=True, slots=True)
class Hours:
    """The bars of the hours and what they add up to. Where most of an hour is unknown its bar says so, not more."""

    bars: tuple[Bar, ...]
    total: Account
    target: Fraction
    #: Hours whose availability is below the target.
    missed: int
    width: int = WIDTH
    height: int = HEIGHT
    target_at: float = TARGET_AT

    @property
    def reached(self) -> bool | None:
        """None where nothing is known."""
        ratio = self.total.availability
        return None if ratio is None else ratio >= self.target

    @property
    def said(self) -> str:
        return percent(self.total.availability)


def hours(found: Sequence[HourAccount], target: Fraction) -> Hours:
    """Bars of equal width, in order of time."""
    step = WIDTH / len(found)
    bars = [_bar(hour, place * step, step, target) for place, hour in enumerate(found)]
    total = Account.total(hour.account for hour in found)
    return Hours(tuple(bars), total, target, sum(bar.kind == "missed" for bar in bars))


def _bar(hour: HourAccount, x: float, step: float, target: Fraction) -> Bar:
    ratio = hour.account.availability
    spent = hour.account.buckets
    known = sum(spent[state] for state in (State.UP, State.DEGRADED, State.DOWN))
    if ratio is None or spent[State.UNKNOWN] > known:
        height, kind = HEIGHT * 0.5, "unknown"
    else:
        lost = float((1 - ratio) / (1 - target)) if target < 1 else float(ratio < 1) * _DEPTH
        height = max(_LEAST, HEIGHT * (1 - min(lost, _DEPTH) / _DEPTH))
        kind = "met" if ratio >= target else "missed"
    return Bar(round(x + 1, 1), round(HEIGHT - height, 1), round(step - 2, 1), round(height, 1), kind, hour.start)

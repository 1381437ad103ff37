"""A plan's budget: movements of money between items, and what follows. Amounts are whole units of currency."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Protocol

from gatehouse.kernel.results import Reason


class ItemKind(StrEnum):
    WORKS = "works"
    EQUIPMENT = "equipment"
    SERVICES = "services"
    MANAGEMENT = "management"
    #: 物價指數調整款: set aside for rising prices.
    PRICE_INDEX = "price_index"
    #: 預備費: set aside for what nobody foresaw.
    CONTINGENCY = "contingency"


class MovementKind(StrEnum):
    ALLOCATION = "allocation"
    PAYMENT = "payment"
    #: 應付未付: owed at the end of the year.
    PAYABLE = "payable"
    #: 節餘: not needed any more.
    SURPLUS = "surplus"
    #: 勻支: from one item to another.
    TRANSFER = "transfer"


class Movement(Protocol):
    """What is read of a movement. A payment may settle a payable, whose code it names."""

    @property
    def code(self) -> str: ...
    @property
    def kind(self) -> MovementKind: ...
    @property
    def item(self) -> str: ...
    @property
    def to_item(self) -> str: ...
    @property
    def settles(self) -> str: ...
    @property
    def year(self) -> int: ...
    @property
    def day(self) -> date: ...
    @property
    def amount(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Account:
    """A year's budget: what was allocated, and what became of it."""

    allocated: int
    spent: int
    #: Owed and not settled yet.
    payable: int
    surplus: int

    @property
    def execution_rate(self) -> Fraction | Reason:
        """Spent over allocated, in percent: the formula that the agency's report prints."""
        return self._rate(self.spent)

    @property
    def execution_rate_with_payables(self) -> Fraction | Reason:
        """(spent + payable + surplus) over allocated, in percent: the formula of public works' control."""
        return self._rate(self.spent + self.payable + self.surplus)

    def _rate(self, done: int) -> Fraction | Reason:
        if not self.allocated:
            return Reason("nothing was allocated")
        return Fraction(100 * done, self.allocated)


def account(movements: Iterable[Movement], *, on: date) -> Account:
    """What the movements up to the end of a day come to."""
    sums = dict.fromkeys(MovementKind, 0)
    settled = 0
    for each in movements:
        if each.day <= on:
            sums[each.kind] += each.amount
            settled += each.amount if each.settles else 0
    kind = MovementKind
    return Account(sums[kind.ALLOCATION], sums[kind.PAYMENT], sums[kind.PAYABLE] - settled, sums[kind.SURPLUS])


def balances(movements: Iterable[Movement]) -> dict[str, int]:
    """What each item still holds: allocated and transferred to it, less transferred away, spent, owed and given up."""
    held: dict[str, int] = {}
    for each in movements:
        held.setdefault(each.item, 0)
        if each.kind is MovementKind.ALLOCATION:
            held[each.item] += each.amount
        elif not each.settles:  # what settles a payable was taken off when it was owed
            held[each.item] -= each.amount
        if each.kind is MovementKind.TRANSFER:
            held[each.to_item] = held.get(each.to_item, 0) + each.amount
    return held


def missing_from(item: str, movements: Iterable[Movement]) -> int:
    """How much an item would lack on the worst day; 0 where it is never overdrawn.

    Within a day what comes in counts before what goes out.
    """
    held = least = 0
    for change in sorted(_changes(item, movements), key=lambda each: (each[0], -each[1])):
        held += change[1]
        least = min(least, held)
    return -least


def _changes(item: str, movements: Iterable[Movement]) -> Iterable[tuple[date, int]]:
    for each in movements:
        change = balances((each,)).get(item, 0)
        if change:
            yield each.day, change


@dataclass(frozen=True, slots=True)
class Month:
    """A point of the budget curve: what had been allocated and spent by the end of a month, from the year's start."""

    last_day: date
    allocated: int
    spent: int


def curve(movements: Iterable[Movement], period: tuple[date, date]) -> tuple[Month, ...]:
    """The budget curve, one point for each month of the period."""
    kept = list(movements)
    points = []
    for last in month_ends(period):
        now = account(kept, on=last)
        points.append(Month(last, now.allocated, now.spent))
    return tuple(points)


def month_ends(period: tuple[date, date]) -> Iterable[date]:
    """The last day of each month of a period that consists of whole months."""
    year, month = period[0].year, period[0].month
    while date(year, month, 1) <= period[1]:
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
        yield date.fromordinal(date(year, month, 1).toordinal() - 1)

"""Columns of change between two years, and columns of shares of a total row."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from gatehouse.kernel.results import Reason
from gatehouse.performance.auditor.comparing import Fit, amount, bounds, fit, percent, ratio_fit
from gatehouse.performance.auditor.dates import days_of
from gatehouse.performance.auditor.findings import Confidence, Finding, Rule, Seen, Severity
from gatehouse.performance.auditor.model import Document, Row, Table
from gatehouse.performance.auditor.quantities import PERCENT, Quantity

_RATE = re.compile(r"(?:增減|成長|增加|減少|變動|年增)(?:率|幅|比率|百分比|\(?%\)?)")
_NUMBER = re.compile(r"(?:增減|差異|增加|變動)(?:數|量|人數|件數|值|情形)?$|^比較(?:增減)?$")
_SHARE = re.compile(r"^(?:占比|構成比|百分比|結構比|比率|比例|占總數比)")
_TOTAL = re.compile(r"合計|總計|總數|共計|計")


@dataclass(frozen=True, slots=True)
class _Compared:
    row: Row
    index: int
    expected: str
    fits: bool
    reason: Reason
    rule: Rule


def table_growth(document: Document) -> Seen:
    """Rows in which a change or a share does not follow, where most rows of the table do."""
    seen = Seen()
    for table in document.tables:
        for compared in (list(_changes(table)), list(_shares(table))):
            wrong = [each for each in compared if not each.fits]
            if len(compared) - len(wrong) < max(1, len(wrong)):
                continue
            for each in compared:
                seen.checked["ratios" if each.rule is Rule.RATIO else "sums"] += 1
            seen.findings.extend(_finding(each) for each in wrong)
    return seen


def _changes(table: Table) -> Iterator[_Compared]:
    years = _years(table)
    if len(years) != 2:
        return
    old, new = years
    for index, column in enumerate(table.columns):
        kind = Rule.RATIO if _RATE.search(column) else Rule.SUM if _NUMBER.search(column) else None
        if kind is None or index in years:
            continue
        for row in table.rows:
            before, after, change = (row.cells[i].quantity for i in (old, new, index))
            if before and after and change and before.value > 0 and (kind is Rule.RATIO or change.unit != PERCENT):
                yield _change(row, index, kind, (before, after, change))


def _change(row: Row, index: int, kind: Rule, values: tuple[Quantity, Quantity, Quantity]) -> _Compared:
    before, after, change = values
    difference = after.value - before.value
    points = before.unit == PERCENT
    if kind is Rule.RATIO and not points:
        found = 100 * difference / before.value
        fits = any(fit(way, way, change) is not Fit.NONE for way in (found, abs(found)))
        expected = percent(found, change.step)
    else:
        fits = any(fit(way, way, change) is Fit.EXACT for way in (difference, abs(difference)))
        expected = amount(difference, change)
    reason = Reason(
        "from %(old)s to %(new)s is a change of %(expected)s, not %(printed)s",
        old=amount(before.value, before),
        new=amount(after.value, after),
        expected=expected,
        printed=row.cells[index].passage.printed,
    )
    return _Compared(row, index, expected, fits, reason, kind)


def _years(table: Table) -> tuple[int, ...]:
    """The two columns of values of two years, the earlier first."""
    found = []
    for index, column in enumerate(table.columns):
        days = days_of(column)
        if index and len(days) == 1 and days[0].first and not _RATE.search(column) and not _NUMBER.search(column):
            found.append((days[0].first, index))
    return tuple(index for _, index in sorted(found))


def _shares(table: Table) -> Iterator[_Compared]:
    shares = [index for index, column in enumerate(table.columns) if index and _SHARE.search(column)]
    total = next((row for row in table.rows if _TOTAL.fullmatch(row.label)), None)
    counts = [index for index in range(1, len(table.columns)) if index not in shares]
    if len(shares) != 1 or total is None or len(counts) != 1:
        return
    whole = total.cells[counts[0]].quantity
    for row in table.rows:
        part, share = row.cells[counts[0]].quantity, row.cells[shares[0]].quantity
        if row is total or whole is None or part is None or share is None or whole.value <= 0:
            continue
        expected = percent(Fraction(100) * part.value / whole.value, share.step)
        reason = Reason(
            "%(over)s divided by %(under)s is %(expected)s, not %(printed)s",
            over=row.cells[counts[0]].passage.printed,
            under=total.cells[counts[0]].passage.printed,
            expected=expected,
            printed=row.cells[shares[0]].passage.printed,
        )
        fits = ratio_fit(bounds(part), bounds(whole), share) is not Fit.NONE
        yield _Compared(row, shares[0], expected, fits, reason, Rule.RATIO)


def _finding(compared: _Compared) -> Finding:
    row, printed = compared.row, compared.row.cells[compared.index].passage.printed
    return Finding(
        compared.rule,
        Severity.HIGH,
        Confidence.HIGH,
        row.printed,
        row.line,
        printed,
        compared.expected,
        compared.reason,
    )

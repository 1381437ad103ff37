"""Totals of tables: a row that adds up the rows above or below it, a column that adds up the columns beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from gatehouse.kernel.results import Reason
from gatehouse.performance.auditor.columns import divisions
from gatehouse.performance.auditor.comparing import amount
from gatehouse.performance.auditor.findings import Confidence, Finding, Rule, Seen, Severity
from gatehouse.performance.auditor.model import Document, Row, Table
from gatehouse.performance.auditor.quantities import PERCENT, Quantity
from gatehouse.performance.auditor.rules.achievements import nearly_weighted, weighted

_TOTAL = re.compile(
    r"(?:\(?[一二三四五六七八九十\d]*\)?、?)?(?:合計|總計|總和|總數|共計|計|全部|全年合計|全年|總合|總額)(?:\([^()]*\))?"
)
_PARTIAL = re.compile(r"小計")
_WITHIN = re.compile(r"其中|[-‧·]|\(?含|小計")
#: Columns of which no sum is meant.
_NO_SUM = re.compile(r"率|平均|比(?!例金)|單價|成長|增減|年齡|天數|目標年|達成|排名|名次|編號|序")
_SHARES = re.compile(r"權重|占比|構成比|百分比|結構比|比重|比例")


def table_sums(document: Document) -> Seen:
    """Rows and columns of totals, and weights that are to add up to 100%."""
    seen = Seen()
    for table in document.tables:
        for index in range(1, len(table.columns)):
            _column(table, index, seen)
        _across(table, seen)
        for division in divisions(table):
            if nearly_weighted(table, division) and not weighted(table, division.under):
                _weights(table, division.under, seen)
    return seen


def _column(table: Table, index: int, seen: Seen) -> None:
    heading = table.columns[index]
    totals = [place for place, row in enumerate(table.rows) if _TOTAL.fullmatch(row.label)]
    if "權重" in heading and not totals:
        _weights(table, index, seen)
    if len(totals) != 1 or (_NO_SUM.search(heading) and not _SHARES.search(heading)):
        return
    place = totals[0]
    total = table.rows[place].cells[index].quantity
    around = table.rows[:place] if place else table.rows[1:]
    if total is None or total.about or len(around) < 2 or (total.unit == PERCENT and not _SHARES.search(heading)):
        return
    ways = [_values(rows, index) for rows in _readings(around)]
    known = [way for way in ways if way is not None and len(way) >= 2]
    if not known:
        return
    fits = any(abs(sum((q.value for q in way), Fraction(0)) - total.value) <= _slack([*way, total]) for way in known)
    seen.add("sums", None if fits else _finding(table.rows[place], index, total, known[0], heading))


def _readings(rows: Sequence[Row]) -> Iterator[Sequence[Row]]:
    """The rows that a total may be the sum of: those that are no part of another, all of them, the subtotals."""
    yield [row for row in rows if not _WITHIN.match(row.label) and not _PARTIAL.search(row.label)]
    yield rows
    yield [row for row in rows if _PARTIAL.search(row.label)]
    yield [row for row in rows if re.match(r"[一二三四五六七八九十壹貳參肆伍]+、", row.label)]


def _values(rows: Sequence[Row], index: int) -> list[Quantity] | None:
    """The values of a column; a dash is nothing, and a cell that cannot be read makes all unknown."""
    found = []
    for row in rows:
        quantity = row.cells[index].quantity
        if quantity is None and row.cells[index].text not in ("-", "—", "–", ""):
            return None
        if quantity is not None:
            found.append(quantity)
    return found


def _slack(values: Sequence[Quantity]) -> Fraction:
    """Rounded values need not add up to the last digit; whole numbers do."""
    return sum((q.slack for q in values if q.step < 1 or q.unit == PERCENT), Fraction(0))


def _weights(table: Table, index: int, seen: Seen) -> None:
    values = _values(table.rows, index)
    if values is None or len(values) < 2 or len(values) != len(table.rows):
        return
    total = sum((q.value for q in values), Fraction(0))
    if abs(total - 100) <= _slack([q for q in values if q.step < 1]) or total == 1:
        seen.add("sums")
        return
    first, last = table.rows[0], table.rows[-1]
    printed = "、".join(row.cells[index].passage.printed for row in table.rows)
    reason = Reason("the weights add up to %(total)s%%, not 100%%", total=f"{float(total):g}")
    quote = f"{table.columns[index]} {printed}"
    found = Finding(Rule.SUM, Severity.MEDIUM, Confidence.HIGH, quote, first.line, printed, "100%", reason)
    seen.add("sums", found if last is not first else None)


def _across(table: Table, seen: Seen) -> None:
    """A column of totals, where most rows show that it adds up the others."""
    totals = [
        index
        for index, column in enumerate(table.columns)
        if index and _TOTAL.fullmatch(re.sub(r"\([A-Z]\)", "", column))
    ]
    if len(totals) != 1 or len(table.rows) < 3:
        return
    index = totals[0]
    others = [i for i in range(1, len(table.columns)) if i != index and not _NO_SUM.search(table.columns[i])]
    wrong: list[tuple[Row, Quantity, list[Quantity]]] = []
    right = 0
    for row in table.rows:
        total = row.cells[index].quantity
        parts = [row.cells[i].quantity for i in others]
        known = [q for q in parts if q]
        if total is None or len(known) < 2 or len(known) != len(parts):
            continue
        if abs(sum((q.value for q in known), Fraction(0)) - total.value) <= _slack([*known, total]):
            right += 1
        else:
            wrong.append((row, total, known))
    if right > len(wrong):
        seen.checked["sums"] += right + len(wrong)
        seen.findings.extend(_finding(row, index, total, known, row.label) for row, total, known in wrong)


def _finding(row: Row, index: int, total: Quantity, parts: Sequence[Quantity], name: str) -> Finding:
    whole = sum((q.value for q in parts), Fraction(0))
    like = max(parts, key=lambda q: q.step.denominator)
    expected = amount(whole, total if total.step <= like.step else like)
    printed = row.cells[index].passage.printed
    reason = Reason("%(name)s adds up to %(expected)s, not %(printed)s", name=name, expected=expected, printed=printed)
    return Finding(Rule.SUM, Severity.HIGH, Confidence.HIGH, row.printed, row.line, printed, expected, reason)

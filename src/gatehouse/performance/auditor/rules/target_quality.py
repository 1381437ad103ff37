"""Targets below what was reached the year before, where the report, or the one before it, says what that was."""

from __future__ import annotations

import re
from fractions import Fraction

from gatehouse.kernel.results import Reason
from gatehouse.performance.auditor.columns import Division, divisions, is_before
from gatehouse.performance.auditor.dates import days_of
from gatehouse.performance.auditor.findings import Confidence, Finding, Rule, Seen, Severity
from gatehouse.performance.auditor.model import Document, Row, Sentence, Table
from gatehouse.performance.auditor.quantities import PERCENT, Quantity
from gatehouse.performance.auditor.rules.achievements import less_is_better, like, weighted

_NAME = re.compile(r"^[(]?[\d一二三四五六七八九十]{1,2}[).、]")
_SHORTEST = 4
_BEFORE = re.compile(r"去年|上年|前一年|前年度")
_SET = re.compile(r"目標(?:值)?(?:為|訂為|定為|設定為|:|：)?$")
_CHANGED = re.compile(r"較|增|減|升|降")
_WHY = re.compile(r"疫情|基期|調降|下修|修正目標|重新定義|口徑|修正計畫|政策調整")


def target_quality(document: Document, previous: Document | None = None) -> Seen:
    """Every target beside a value of the year before."""
    seen = Seen()
    known = _reached(previous) if previous else {}
    for table in document.tables:
        for division in divisions(table):
            if not division.achievement or weighted(table, division.under):
                continue
            for row in table.rows:
                target = row.cells[division.under].quantity
                before = _beside(document, table, row, division) or known.get(_named(row)) or _in_prose(document, row)
                if target and before and like(target.unit, before.unit) and not before.about:
                    easier = _easier(document, table, row, target, before)
                    seen.add("targets", _finding(row, division, target, before) if easier else None)
    for sentence in document.sentences:
        _said(document, sentence, seen)
    return seen


def _said(document: Document, sentence: Sentence, seen: Seen) -> None:
    """A sentence with the target of the year and what was reached the year before: 111年已達92%，112年目標值訂為85%."""
    targets, reached = [], []
    for quantity in sentence.quantities:
        if quantity.unit != PERCENT or quantity.about or document.year is None:
            continue
        near = re.split(r"[，。；]", sentence.text[max(0, quantity.start - 16) : quantity.start])[-1]
        years = {day.first.year for day in days_of(near) if day.first}
        if _SET.search(near):
            targets += [quantity] if years <= {document.year} else []
        elif (years == {document.year - 1} or _BEFORE.search(near)) and not _CHANGED.search(near):
            reached.append(quantity)
    if len(targets) != 1 or len(reached) != 1:
        return
    target, before = targets[0], reached[0]
    lower = target.value > before.value if less_is_better(sentence.text) else target.value < before.value
    easier = lower and not any(_WHY.search(s.text) for s in document.inside(document.plan_of(sentence.section)))
    start, end = min(target.start, before.start), max(target.end, before.end)
    quote, line = sentence.around(start, end), sentence.passage.line(start)
    printed, was, less = sentence.printed(target), sentence.printed(before), less_is_better(sentence.text)
    seen.add("targets", _easy(quote, line, printed, was, less=less) if easier else None)


def _reached(previous: Document) -> dict[str, Quantity]:
    """What the report before says was reached, by the names of its indicators."""
    found = {}
    for table in previous.tables:
        for division in divisions(table):
            if not division.achievement or weighted(table, division.under):
                continue
            for row in table.rows:
                if value := row.cells[division.over].quantity:
                    found[_named(row)] = value
    return found


def _easier(document: Document, table: Table, row: Row, target: Quantity, before: Quantity) -> bool:
    """Whether a target asks for less than was reached, and the plan does not say why."""
    lower = target.value > before.value if less_is_better(row.label) else target.value < before.value
    return lower and not any(_WHY.search(s.text) for s in document.inside(document.plan_of(table.section)))


def _beside(document: Document, table: Table, row: Row, division: Division) -> Quantity | None:
    """The value of the year before in a column of its own."""
    for index, column in enumerate(table.columns):
        if index in (0, division.over, division.under, division.rate) or "目標" in column or "率(" in column:
            continue
        years = [day.first.year for day in days_of(column) if day.first]
        earlier = document.year is not None and years == [document.year - 1]
        if (is_before(column) or earlier) and "達成" not in column and "增減" not in column:
            return row.cells[index].quantity
    return None


def _in_prose(document: Document, row: Row) -> Quantity | None:
    """The value of the year before in a sentence that names the indicator: 111年為72.3%."""
    name = _named(row)
    if len(name) < _SHORTEST or document.year is None:
        return None
    for sentence in document.sentences:
        place = sentence.text.find(name)
        if place < 0:
            continue
        for quantity in sentence.quantities:
            near = sentence.text[max(0, quantity.start - 16) : quantity.start]
            near = re.split(r"[，。；]", near)[-1]
            years = [day.first.year for day in days_of(near) if day.first]
            if quantity.unit != PERCENT or _SET.search(near):
                continue
            if quantity.start > place and (years == [document.year - 1] or _BEFORE.search(near)) and "目標" not in near:
                return quantity if not _CHANGED.search(near) else None
    return None


def _named(row: Row) -> str:
    return _NAME.sub("", row.label)


def _finding(row: Row, division: Division, target: Quantity, before: Quantity) -> Finding:
    printed = row.cells[division.under].passage.printed
    was = _shown(before.value) + (before.unit if before.unit != PERCENT else "%")
    return _easy(row.printed, row.line, printed, was, less=less_is_better(row.label))


def _easy(quote: str, line: int, printed: str, was: str, *, less: bool) -> Finding:
    parts = {"target": printed, "before": was}
    reason = (
        Reason("the target, %(target)s, is above what was reached the year before, %(before)s; less is better", **parts)
        if less
        else Reason("the target, %(target)s, is below what was reached the year before, %(before)s", **parts)
    )
    expected = Reason("a target no easier than %(before)s, or the reason for it", **parts)
    kind = (Rule.TARGET_QUALITY, Severity.LOW, Confidence.MEDIUM)
    return Finding(*kind, quote, line, printed, expected, reason)


def _shown(value: Fraction) -> str:
    return f"{int(value):,}" if value.denominator == 1 else f"{float(value):g}"

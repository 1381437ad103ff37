"""The rows of (C/B) tables, judged once for the rules that divide: right, capped, rounded up, unlike units, wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from gatehouse.kernel.results import Reason
from gatehouse.performance.auditor.columns import Division, divisions
from gatehouse.performance.auditor.comparing import Fit, bounds, fit, ratio_fit
from gatehouse.performance.auditor.findings import Confidence, Finding, Rule, Severity
from gatehouse.performance.auditor.model import Document, Row, Table
from gatehouse.performance.auditor.quantities import PERCENT, Quantity

_LESS = re.compile(
    r"死亡|事故|傷亡|失聯|逾期|等候|等待|發生率|錯誤|投訴|申訴|故障|違規|用電|用水|排放|犯罪|空汙|中斷|停電|漏水|積案|平均.*(?:時間|天數|日數)|誤差|負向|越低|降低|減少|下降"
)
_MORE = re.compile(r"破獲|查獲|偵破|改善|達成|完成|合格|滿意|排除|修復|結案|減少量|減量|降幅|處理率")
_FULL = Fraction(100)
#: Targets of so many milestones at least that miss 100% by no more than this were meant to add up to it.
_MILESTONES, _NEARLY = 3, 10
#: Units of people and events that are different things: nothing is divided by another.
_KIN = (
    {"人", "名", "位"},
    {"項", "個", "種", "類"},
    {"", PERCENT},
    {"件", "案", "案件"},
    {"場", "場次"},
    {"處", "個", "所", "站"},
    {"家", "家次"},
)


class Verdict(Enum):
    RIGHT = "right"
    CAPPED = "capped"
    UP_TO_TARGET = "rounded up to the target"
    CUT = "rounded the wrong way"
    UNLIKE = "unlike units"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Judged:
    """A row's rate: what was divided, what is printed, and what it would be in percent."""

    table: Table
    row: Row
    division: Division
    over: Quantity
    under: Quantity
    rate: Quantity
    verdict: Verdict

    @property
    def raw(self) -> Fraction:
        return _FULL * self.over.value / self.under.value

    def cell(self, index: int) -> str:
        return self.row.cells[index].passage.printed

    def finding(
        self, rule: Rule, severity: Severity, confidence: Confidence, expected: str | Reason, reason: Reason
    ) -> Finding:
        """A finding on this rate, with the whole row as its passage."""
        printed = self.cell(self.division.rate)
        return Finding(rule, severity, confidence, self.row.printed, self.row.line, printed, expected, reason)


def less_is_better(name: str) -> bool:
    """Whether a lower value of what is named so is the better one, as far as its words tell."""
    return bool(_LESS.search(name)) and not _MORE.search(name)


def judged(document: Document) -> Iterator[Judged]:
    """Every rate of a table of which it is clear what was divided."""
    for table in document.tables:
        for division in divisions(table):
            yield from _rows(table, division)


def _rows(table: Table, division: Division) -> Iterator[Judged]:
    weights = division.achievement and (weighted(table, division.under) or nearly_weighted(table, division))
    for row in table.rows:
        over, under, rate = (row.cells[i].quantity for i in (division.over, division.under, division.rate))
        if over is None or under is None or rate is None or under.value <= 0 or rate.unit not in ("", PERCENT):
            continue
        yield Judged(
            table, row, division, over, under, rate, _verdict(row.label, division, over, under, rate, weights=weights)
        )


def weighted(table: Table, column: int) -> bool:
    """Whether the targets of a table are the weights of milestones: they add up to 100%, or the heading says so."""
    if "權重" in table.columns[column]:
        return True
    values = [q for q in table.column(column) if q]
    total = sum((q.value for q in values), Fraction(0))
    return (
        len(values) == len(table.rows) >= 2
        and total == _FULL
        and all(q.unit == PERCENT and q.value < _FULL for q in values)
    )


def nearly_weighted(table: Table, division: Division) -> bool:
    """Whether targets that nearly add up to 100% are weights: other rows reached their own, or have not begun."""
    targets, values = table.column(division.under), table.column(division.over)
    pairs = [(target.value, value.value) for target, value in zip(targets, values, strict=True) if target and value]
    if len(pairs) != len(table.rows) or len(pairs) < _MILESTONES or any(t.unit != PERCENT for t in targets if t):
        return False
    total = sum((target for target, _ in pairs), Fraction(0))
    own = sum(value in (0, target) for target, value in pairs)
    return abs(total - _FULL) <= _NEARLY and own >= len(pairs) - 1 and any(v == _FULL > t for t, v in pairs)


def _verdict(
    name: str, division: Division, over: Quantity, under: Quantity, rate: Quantity, *, weights: bool
) -> Verdict:
    if weights and over.value == _FULL and under.value < _FULL and rate.value <= _FULL:
        return Verdict.UNLIKE
    if not like(over.unit, under.unit):
        return Verdict.UNLIKE
    return _divided(name, division, over, under, rate)


def _divided(name: str, division: Division, over: Quantity, under: Quantity, rate: Quantity) -> Verdict:
    raw = _FULL * over.value / under.value
    found = ratio_fit(bounds(over), bounds(under), rate)
    if division.achievement and rate.value == _FULL and raw > _FULL:
        return Verdict.CAPPED if rate.step + _FULL <= raw + rate.slack else Verdict.RIGHT
    if division.achievement and raw < _FULL <= rate.value and found is not Fit.NONE and not less_is_better(name):
        return Verdict.UP_TO_TARGET
    if found is Fit.EXACT or (division.achievement and _inverse(name, over, under, rate)):
        return Verdict.RIGHT
    return Verdict.CUT if found is Fit.CUT else Verdict.WRONG


def _inverse(name: str, over: Quantity, under: Quantity, rate: Quantity) -> bool:
    """Whether the rate is that of an indicator of which less is better: B/C, (2B-C)/B, or 100% where it is reached."""
    if over.value <= 0:
        return less_is_better(name) and rate.value >= _FULL
    ways = (_FULL * under.value / over.value, _FULL * (2 * under.value - over.value) / under.value)
    if any(fit(way, way, rate) is Fit.EXACT for way in ways):
        return True
    return less_is_better(name) and over.value <= under.value and rate.value == _FULL


def like(one: str, other: str) -> bool:
    """Whether two units may be divided by each other: where one is not printed, nothing is said."""
    return one == other or "" in (one, other) or any(one in kin and other in kin for kin in _KIN)

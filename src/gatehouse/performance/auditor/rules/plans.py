"""The plans of a report: their indicators with what was reached, and what was spent of their budget."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction

from gatehouse.performance.auditor.model import Document, Sentence
from gatehouse.performance.auditor.quantities import MONEY, PERCENT
from gatehouse.performance.auditor.rules.achievements import Judged, judged, less_is_better
from gatehouse.performance.auditor.rules.operands import Operand, operands

_BUDGET = re.compile(r"預算|編列|可支用|分配")
_SPENT = re.compile(r"執行|支用|實支|決算|支出")
_RATE = re.compile(r"(?:執行|支用|動支)率[^，。；\d]{0,8}$")
_OTHER = re.compile(r"去年|上年|前一年|目標|累計|較")


@dataclass(frozen=True, slots=True)
class Spending:
    """What was spent of a budget in percent, calculated where both are printed; and where that stands."""

    rate: Fraction
    sentence: Sentence
    start: int
    end: int
    printed: str


@dataclass(slots=True)
class Plan:
    """What a report says of one plan; `section` is where it stands."""

    section: int
    rows: list[Judged] = field(default_factory=list)
    sentences: list[Sentence] = field(default_factory=list)
    spending: Spending | None = None


def plans(document: Document) -> Iterator[Plan]:
    """Every plan that has a table of indicators, or a sentence on what was spent."""
    found: dict[int, Plan] = {}
    rows: dict[int, list[Judged]] = defaultdict(list)
    for row in judged(document):
        if row.division.achievement:
            rows[document.plan_of(row.table.section)].append(row)
    for section in sorted({*rows, *(document.plan_of(s.section) for s in document.sentences)}):
        plan = Plan(section, rows[section], document.inside(section))
        plan.spending = next(
            (spent for s in plan.sentences if document.plan_of(s.section) == section and (spent := _spending(s))), None
        )
        if plan.rows or plan.spending:
            found[section] = plan
    yield from found.values()


def _spending(sentence: Sentence) -> Spending | None:
    money = [o for o in operands(sentence) if o.quantity.unit == MONEY]
    spent = [o for o in money if _SPENT.search(o.words) and not _OTHER.search(o.words)]
    budget = [o for o in money if _BUDGET.search(o.words) and o not in spent and not _OTHER.search(o.words)]
    if len(spent) == len(budget) == 1 and budget[0].value > 0:
        return _of(sentence, spent[0], budget[0])
    for quantity in sentence.quantities:
        before = sentence.text[max(0, quantity.start - 20) : quantity.start]
        if quantity.unit == PERCENT and _RATE.search(before) and not _OTHER.search(before):
            return Spending(quantity.value, sentence, quantity.start, quantity.end, sentence.printed(quantity))
    return None


def _of(sentence: Sentence, spent: Operand, budget: Operand) -> Spending:
    start = min(spent.quantity.start, budget.quantity.start)
    end = max(spent.quantity.end, budget.quantity.end)
    rates = [q for q in sentence.quantities if q.unit == PERCENT and q.start >= end]
    printed = sentence.printed(rates[0]) if rates else spent.printed
    return Spending(100 * spent.value / budget.value, sentence, start, rates[0].end if rates else end, printed)


def missed(row: Judged) -> bool:
    """Whether a row says that less was reached than was meant."""
    if less_is_better(row.row.label):
        return row.rate.value < 100 and row.over.value > row.under.value
    return row.rate.value < 100 and row.over.value < row.under.value

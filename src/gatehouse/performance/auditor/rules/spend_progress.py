"""All that was meant was reached, and much of the money is left; or the money is spent and little was reached."""

from __future__ import annotations

import re
from fractions import Fraction

from gatehouse.kernel.results import Reason
from gatehouse.performance.auditor.comparing import percent
from gatehouse.performance.auditor.findings import Confidence, Finding, Rule, Seen, Severity
from gatehouse.performance.auditor.model import Document, Sentence
from gatehouse.performance.auditor.rules.plans import Plan, Spending, missed, plans

#: Below this share of the budget a plan counts as behind in the reviews of the Executive's plans.
_BEHIND = 80
#: A plan that has spent so much and reached less than half has to say why.
_SPENT = 95
_HALF = 50
#: What explains money that is left, or money beyond the budget.
_WHY = re.compile(r"節餘|結餘|賸餘|剩餘|標餘|撙節|節省|應付未付|保留|繳庫|契約.{0,6}跨年度|分期付款|減列|凍結|統刪")
_DONE = re.compile(
    r"(?:進度|完成率|達成率|工作)[^，。；]{0,12}(?:達|為|已)?100%|(?:全數|全部|均已|皆已|如期)(?:達成|完成)"
)
_STEP = Fraction(1, 100)


def spend_progress(document: Document) -> Seen:
    """Every plan that has both what was reached and what was spent."""
    seen = Seen()
    for plan in plans(document):
        if plan.spending is None:
            continue
        done = bool(plan.rows) and not any(missed(row) or row.rate.value < 100 for row in plan.rows)
        said = not plan.rows and any(_DONE.search(s.text) for s in _beside(document, plan, plan.spending.sentence))
        if not plan.rows and not said:
            continue
        seen.add("plans", _judge(plan, plan.spending, done=done or said))
    return seen


def _beside(document: Document, plan: Plan, spending: Sentence) -> list[Sentence]:
    """What is said of the same work as the spending: in a chapter, which holds more than one plan, its paragraph."""
    chapter = document.sections[plan.section].level < 2
    return [s for s in plan.sentences if s.paragraph == spending.paragraph or not chapter]


def _judge(plan: Plan, spending: Spending, *, done: bool) -> Finding | None:
    explained = any(_WHY.search(sentence.text) for sentence in plan.sentences)
    if done and spending.rate < _BEHIND and not explained:
        reason = Reason(
            "every indicator is at 100%%, but %(rate)s of the budget was spent: do the indicators measure what the plan"
            " buys?",
            rate=percent(spending.rate, _STEP),
        )
        expected = Reason("a reason for the money that is left, or indicators that follow the work")
        return _finding(spending, Confidence.MEDIUM, expected, reason)
    if plan.rows and spending.rate >= _SPENT:
        reached = sum((min(row.rate.value, Fraction(100)) for row in plan.rows), Fraction(0)) / len(plan.rows)
        if reached < _HALF and not explained:
            reason = Reason(
                "%(rate)s of the budget was spent, but on average %(reached)s of the targets was reached",
                rate=percent(spending.rate, _STEP),
                reached=percent(reached, _STEP),
            )
            expected = Reason("a reason why the money is spent and the work is not done")
            return _finding(spending, Confidence.MEDIUM, expected, reason)
    return None


def _finding(spending: Spending, confidence: Confidence, expected: Reason, reason: Reason) -> Finding:
    sentence = spending.sentence
    quote = sentence.around(spending.start, spending.end)
    line = sentence.passage.line(spending.start)
    return Finding(Rule.SPEND_PROGRESS, Severity.MEDIUM, confidence, quote, line, spending.printed, expected, reason)

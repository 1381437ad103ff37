"""Milestones and indicators that were missed, in a plan of which the report says nowhere what will be done about it."""

from __future__ import annotations

import re

from gatehouse.kernel.results import Reason
from gatehouse.performance.auditor.findings import Confidence, Finding, Rule, Seen, Severity
from gatehouse.performance.auditor.model import Document, Sentence
from gatehouse.performance.auditor.rules.achievements import Judged, Verdict
from gatehouse.performance.auditor.rules.plans import missed, plans

_ACTION = re.compile(
    r"檢討|策進|改善|改進|因應|精進|趕工|趕辦|加速|積極|賡續|持續|將(?:於|再|另|請|由|儘|加|督|調|配|協|持|積|以|透)|預計|後續|"
    r"督促|協調|補救|展延|修正計畫|變更設計|對策|加強|強化|輔導|增派|重新"
)
_MISSED = re.compile(
    r"未達(?:成)?(?:年度|預定|原定|原訂|預期)?目標|未達標|未能如期|未如期|進度落後|落後(?:預定|原定|原訂)?進度|僅達成?\d|未達成"
)
_NOT_MISSED = re.compile(r"無(?:未達|進度落後|落後)|未有|並無|避免|防止|以免|倘|如有|若")


def no_action(document: Document) -> Seen:
    """Every plan with something missed, in a table or in words."""
    seen = Seen()
    tabled = set()
    for plan in plans(document):
        rows = [row for row in plan.rows if row.verdict is not Verdict.UNLIKE and missed(row)]
        if not plan.rows:
            continue
        tabled.add(plan.section)
        acted = any(_ACTION.search(sentence.text) for sentence in [*plan.sentences, *_reviews(document)])
        seen.add("plans", _finding(rows) if rows and not acted else None)
    for sentence in document.sentences:
        scope = document.plan_of(sentence.section)
        found = _MISSED.search(sentence.text)
        if not found or scope in tabled or _NOT_MISSED.search(sentence.text):
            continue
        acted = any(_ACTION.search(other.text) for other in [*document.inside(scope), *_reviews(document)])
        seen.add("plans", None if acted else _said(sentence, found.start(), found.end()))
    return seen


def _reviews(document: Document) -> list[Sentence]:
    """The sentences of chapters that review the whole year."""
    chapters = [s.index for s in document.sections if s.level == 1 and re.search(r"檢討|策進|改善|精進", s.title)]
    return [sentence for index in chapters for sentence in document.inside(index)]


def _finding(rows: list[Judged]) -> Finding:
    first = rows[0]
    names = "、".join(row.row.label for row in rows)
    reason = Reason("missed without a word of what will be done about it: %(names)s", names=names)
    confidence = Confidence.MEDIUM
    return first.finding(Rule.NO_ACTION, Severity.MEDIUM, confidence, Reason("a corrective action"), reason)


def _said(sentence: Sentence, start: int, end: int) -> Finding:
    quote = sentence.around(start, end)
    reason = Reason("missed without a word of what will be done about it: %(names)s", names=quote)
    kind = (Rule.NO_ACTION, Severity.MEDIUM, Confidence.LOW)
    printed = sentence.passage.quote(start, end)
    return Finding(*kind, quote, sentence.passage.line(start), printed, Reason("a corrective action"), reason)

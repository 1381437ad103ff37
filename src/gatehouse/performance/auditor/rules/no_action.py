"""Milestones and indicators that were missed, in a plan of which the report says nowhere what will be done about it."""

from __future__ import annotations

import re

from gatehouse.kernel.results import Reason
from gatehouse.performance.auditor.findings import Confidence, Finding, Rule, Seen, Severity
from gatehouse.performance.auditor.model import Document, Sentence
from gatehouse.performance.auditor.rules.achievements import Judged, Verdict
from gatehouse.performance.auditor.rules.plans import missed, plans

#: The sections in which the form has corrective action.
_REVIEW = re.compile(r"檢討|策進|改善|精進|因應|改進")
#: What was done, or will be, because something was missed; 改善 alone may be what the plan is for.
_ACTION = re.compile(
    r"檢討|策進|改進|因應|趕工|趕辦|追趕|補救|展延|修正計畫|變更設計|對策|督促|增派|重新(?:招標|發包|檢討)|"
    r"(?:將|已請|已協調|刻正|預計|後續|賡續|持續|業已|擬|俟)[^。]{0,24}"
    r"(?:辦理|改善|加強|強化|推動|協調|調整|輔導|精進|加速|督導|積極|完成|改採|洽)"
)
#: A sentence that speaks of what was missed itself.
_BEHIND = re.compile(r"未達|落後|未能|不足|延後|延宕|遲延|未如期|缺工|流標|停工")
_MISSED = re.compile(
    r"未達(?:成)?(?:年度|預定|原定|原訂|預期)?目標|未達標|未能如期|未如期|進度落後|落後(?:預定|原定|原訂)?進度|僅達成?\d|未達成"
)
_NOT_MISSED = re.compile(r"無(?:未達|進度落後|落後)|未有|並無|避免|防止|以免|倘|如有|若")


def no_action(document: Document) -> Seen:
    """Every plan with something missed, in a table or in words."""
    seen = Seen()
    review = _Review(document)
    tabled = set()
    for plan in plans(document):
        rows = [row for row in plan.rows if row.verdict is not Verdict.UNLIKE and missed(row)]
        if plan.rows and plan.sentences:  # a table alone is no report: where its words stand is not known
            tabled.add(plan.section)
            seen.add("plans", _finding(rows) if rows and not review.of(plan.section) else None)
    for sentence in document.sentences:
        scope = document.plan_of(sentence.section)
        found = _MISSED.search(sentence.text)
        if found and scope not in tabled and not _NOT_MISSED.search(sentence.text):
            seen.add("plans", None if review.of(scope) else _said(sentence, found.start(), found.end()))
    return seen


class _Review:
    """Where a report says what will be done about what was missed."""

    def __init__(self, document: Document) -> None:
        self.document = document
        titled = [section for section in document.sections if _REVIEW.search(section.title)]
        self.form = bool(titled)
        #: Chapters that review the whole year: none of their headings above is a plan.
        self.whole = any(document.plan_of(section.index) in (0, section.index) for section in titled)

    def of(self, plan: int) -> bool:
        """Whether there is a section of corrective action for a plan. In a report without such sections any sentence
        may hold it; in one that has them, a sentence that speaks of what was missed."""
        if self.whole or any(_REVIEW.search(title) for title in self.document.titles_inside(plan)):
            return True
        sentences = self.document.inside(plan)
        if self.form:
            return any(_ACTION.search(s.text) and _BEHIND.search(s.text) and "將" in s.text for s in sentences)
        return any(_ACTION.search(s.text) for s in sentences)


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

"""Dates that cannot be: days that no calendar has, periods that end before they begin, steps out of their order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from gatehouse.kernel.results import Reason
from gatehouse.kernel.roc import roc_date
from gatehouse.performance.auditor.dates import Day
from gatehouse.performance.auditor.findings import Confidence, Finding, Rule, Seen, Severity
from gatehouse.performance.auditor.model import Document, Sentence

_TO = re.compile(r"(?:起)?(?:至|迄|到|~|-|—)")
_FROM = re.compile(r"(?:自|從|由|期間|於|[:：(])$")
_NEXT = re.compile(r"(?:嗣|並|後|再|復|隨後|隨即|續|遂|旋|後續|之後|接續|繼而)於?$|後，(?:並|再|續|嗣)?於?$")
#: What makes an earlier date after a later one no mistake.
_BACK = re.compile(r"原|前|曾|早|溯|預定|預計|依據|依|期限|應於|另|第.{1,2}[期批]|至於|其中|；|有效|發文|文號")
#: The steps of a tender and of works, in their order.
_STEPS = (
    re.compile(r"上網公告|公告招標|公開招標|招標公告"),
    re.compile(r"開標"),
    re.compile(r"評選|評審"),
    re.compile(r"決標"),
    re.compile(r"簽約|訂約|簽訂契約"),
    re.compile(r"開工"),
    re.compile(r"竣工|完工"),
    re.compile(r"交付|交貨|到貨"),
    re.compile(r"驗收"),
    re.compile(r"啟用|正式營運|正式上線"),
)
_PROMULGATED, _IN_FORCE = re.compile(r"公布"), re.compile(r"施行(?!細則)|生效")
_RETROACTIVE = re.compile(r"溯及|追溯")


def date_order(document: Document) -> Seen:
    """Every date, and every two that stand in an order."""
    seen = Seen()
    for sentence in document.sentences:
        for day in sentence.days:
            seen.add("dates", _no_day(sentence, day) if day.first is None else None)
        for first, second in pairwise(sentence.days):
            if first.first is None or second.first is None or first.last is None or second.last is None:
                continue
            between = sentence.text[first.end : second.start]
            if _TO.fullmatch(between):
                seen.add("dates", _period(sentence, first, second))
            elif first.whole and second.whole:
                seen.add("dates", *_steps(sentence, first, second, between))
    return seen


def _no_day(sentence: Sentence, day: Day) -> Finding:
    reason = Reason("no calendar has this day")
    return _finding(sentence, (day, day), (Severity.HIGH, Confidence.HIGH), (Reason("a day that exists"), reason))


def _period(sentence: Sentence, first: Day, second: Day) -> Finding | None:
    if first.first is None or second.last is None or first.first <= second.last:
        return None
    if sentence.text[second.start : second.end].find("年") < 0 and sentence.text.startswith(
        ("翌", "次"), first.end + 1
    ):
        return None
    reason = Reason("the period ends before it begins")
    expected = Reason("a day after %(day)s", day=roc_date(first.first))
    return _finding(sentence, (first, second), (Severity.HIGH, Confidence.HIGH), (expected, reason))


def _steps(sentence: Sentence, first: Day, second: Day, between: str) -> Iterator[Finding]:
    if first.first is None or second.first is None or first.first <= second.first or _BACK.search(between):
        return
    earlier, later = _step(between), _step(sentence.text[second.end : second.end + 24])
    after = re.split(r"[，；。]", sentence.text[second.end : second.end + 30])[0]
    expected = Reason("a day after %(day)s", day=roc_date(first.first))
    if earlier is not None and later is not None and earlier < later:
        reason = Reason("a later step of the procedure stands on an earlier day")
        yield _finding(sentence, (first, second), (Severity.HIGH, Confidence.MEDIUM), (expected, reason))
    elif _PROMULGATED.search(between) and _IN_FORCE.search(after) and not _RETROACTIVE.search(sentence.text):
        reason = Reason("it took effect before it was promulgated")
        yield _finding(sentence, (first, second), (Severity.HIGH, Confidence.MEDIUM), (expected, reason))
    elif _NEXT.search(between):
        reason = Reason("what is said to have come after stands on an earlier day")
        yield _finding(sentence, (first, second), (Severity.MEDIUM, Confidence.MEDIUM), (expected, reason))


def _step(text: str) -> int | None:
    """The step of a procedure that is named first."""
    found = [(match.start(), step) for step, words in enumerate(_STEPS) if (match := words.search(text))]
    return min(found)[1] if found else None


def _finding(
    sentence: Sentence, days: tuple[Day, Day], kind: tuple[Severity, Confidence], said: tuple[str | Reason, Reason]
) -> Finding:
    first, second = days
    quote = sentence.around(first.start, second.end)
    line = sentence.passage.line(second.start)
    return Finding(Rule.DATE_ORDER, *kind, quote, line, sentence.passage.quote(second.start, second.end), *said)

"""Days on which the law took effect or was promulgated, against the table of articles: the day differs per article."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from gatehouse.kernel.results import Reason
from gatehouse.kernel.roc import roc_date
from gatehouse.law.articles import Act, act_named
from gatehouse.performance.auditor.dates import Day
from gatehouse.performance.auditor.findings import Confidence, Finding, Rule, Seen, Severity
from gatehouse.performance.auditor.model import Document, Sentence
from gatehouse.performance.auditor.numerals import chinese

_EFFECT = re.compile(r"(?:起|正式|開始|同步|分別)*(?:施行|生效|實施)(?!細則|辦法|計畫|方案|要點)")
_PROMULGATED = re.compile(r"(?:經|由|奉|獲)?(?:總統)?(?:令|明令)?(?:修正|制定|增訂)?公布")
_ARTICLE = re.compile(r"第(?P<number>\d{1,3}|[一二三四五六七八九十百]{1,5})條(?:之(?P<of>\d|[一二三四五六七八九]))?")
_JOINED = re.compile(r"(?:起|日)?[及與和、]")
#: An amendment that is only hoped for takes effect on no day yet.
_HOPED = re.compile(r"草案|預定|預計|擬|研修")


@dataclass(frozen=True, slots=True)
class _Said:
    """What a sentence says took effect, or was promulgated, on a day or on two; `words` are those before the days."""

    sentence: Sentence
    days: tuple[Day, ...]
    start: int

    @property
    def words(self) -> str:
        return self.sentence.text[self.start : self.days[0].start]

    def finding(self, expected: str, confidence: Confidence, reason: Reason) -> Finding:
        first, last = self.days[0], self.days[-1]
        end = min((p for m in "；。" if (p := self.sentence.text.find(m, last.end)) >= 0), default=last.end)
        return Finding(
            Rule.EFFECTIVE_DATE,
            Severity.HIGH,
            confidence,
            self.sentence.passage.quote(self.start, end),
            self.sentence.passage.line(first.start),
            self.sentence.passage.quote(first.start, last.end),
            expected,
            reason,
        )


def effective_date(document: Document, acts: Sequence[Act]) -> Seen:
    """Every day of effect and of promulgation of an act that the table holds."""
    seen = Seen()
    before: tuple[int, Act] | None = None
    for sentence in document.sentences:
        act = before[1] if before and before[0] == sentence.paragraph else None
        for said, in_force in _days(sentence):
            found = act_named(acts, sentence.text[: said.days[0].start])
            act = found[0] if found else act
            if act is not None and not _HOPED.search(said.words):
                (_in_force if in_force else _promulgated)(act, said, seen)
        last = act_named(acts, sentence.text)
        before = (sentence.paragraph, last[0]) if last else before
    return seen


def _days(sentence: Sentence) -> Iterator[tuple[_Said, bool]]:
    """What took effect (True) or was promulgated (False) when, with the words since the day of effect before."""
    start, joined = 0, []
    for place, day in enumerate(sentence.days):
        after = sentence.text[day.end : day.end + 12]
        following = sentence.days[place + 1] if place + 1 < len(sentence.days) else None
        if following and _JOINED.fullmatch(sentence.text[day.end : following.start]):
            joined.append(day)
            continue
        days = tuple(each for each in (*joined, day) if each.whole)
        joined = []
        if days and _EFFECT.match(after):
            yield _Said(sentence, days, start), True
            start = day.end
        elif days and _PROMULGATED.match(after):
            yield _Said(sentence, days, start), False


def _in_force(act: Act, said: _Said, seen: Seen) -> None:
    days = {day.first for day in said.days if day.first}
    articles = _articles(act, said.words)
    if not articles:
        _whole(act, said, days, seen)
        return
    for article, about in articles.items():
        right = act.days_of(article)
        if not right or min(days) < min(act.days()):
            continue
        if days & set(right):
            seen.add("laws")
            continue
        expected = roc_date(right[-1])
        reason = Reason(
            "article %(article)s of %(act)s (%(about)s) took effect on %(expected)s: %(source)s",
            article=article,
            act=act.names[0],
            about=about,
            expected=expected,
            source=max(act.effects_of(article), key=lambda each: each[1].since)[0].source,
        )
        seen.add("laws", said.finding(expected, Confidence.HIGH, reason))


def _whole(act: Act, said: _Said, days: set[date], seen: Seen) -> None:
    """An act without an article named: any day on which something of it took effect may be meant."""
    known = act.days()
    if min(days) < min(known) or min(days) > act.read:
        return
    if days & known:
        seen.add("laws")
        return
    latest = sorted(effect.since for effect in act.latest.in_force)
    expected = "、".join(roc_date(day) for day in latest)
    reason = Reason(
        "nothing of %(act)s took effect on that day; its latest text took effect on %(expected)s: %(source)s",
        act=act.names[0],
        expected=expected,
        source=act.latest.source,
    )
    seen.add("laws", said.finding(expected, Confidence.MEDIUM, reason))


def _promulgated(act: Act, said: _Said, seen: Seen) -> None:
    day = said.days[-1].first
    known = [amendment.promulgated for amendment in act.amendments]
    if day is None or not known[0] <= day <= act.read:
        return
    if day in known:
        seen.add("laws")
        return
    expected = roc_date(min(known, key=lambda each: abs(each - day)))
    reason = Reason(
        "no text of %(act)s was promulgated on that day; the nearest is of %(expected)s",
        act=act.names[0],
        expected=expected,
    )
    seen.add("laws", said.finding(expected, Confidence.MEDIUM, reason))


def _articles(act: Act, words: str) -> dict[str, str]:
    """The articles that words name: by number after the act's name, or by what they are about."""
    found = act_named((act,), words)
    numbered = {}
    for match in _ARTICLE.finditer(words, found[1] if found else 0):
        number = _number(match["number"])
        if number:
            article = str(number) + (f"-{_number(match['of'])}" if match["of"] else "")
            numbered[article] = next((p.about for p in act.provisions if p.article == article), {})
    about = numbered or {p.article: p.about for p in act.provisions if p.named_in(words)}
    return {article: next(iter(text.values()), article) for article, text in about.items()}


def _number(text: str) -> int | None:
    return int(text) if text.isdigit() else chinese(text)

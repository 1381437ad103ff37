"""Percentages that do not follow from the numbers printed beside them.

A percentage is taken to be right where any two numbers beside it give it, and is accused only where the words leave one
pair: a budget and what was spent of it, a whole and its part, a target and what was reached.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations

from gatehouse.kernel.results import Reason
from gatehouse.performance.auditor.comparing import Fit, bounds, percent, ratio_fit
from gatehouse.performance.auditor.findings import Confidence, Finding, Rule, Seen, Severity
from gatehouse.performance.auditor.model import Document, Sentence
from gatehouse.performance.auditor.quantities import MONEY, PERCENT, Quantity
from gatehouse.performance.auditor.rules import averages, growth, table_growth, table_rates
from gatehouse.performance.auditor.rules.operands import Operand, operands, with_previous

Bounds = tuple[Fraction, Fraction]
#: More numbers than this in a sentence and it is read as a table in words.
_MOST = 12
_MOST_OWED = 4
_LINK = r"(?:分別|各|已|約|僅|計|達到|達|為|係|高達|近|逾|至|是|[:：(]|之)*$"
_RATE = re.compile(r"(?P<stem>[^，。；：、()%\d]{0,14})率(?:\([^()]{1,8}\))?" + _LINK)
_SHARE = re.compile(r"占(?:了|比|有)?(?P<whole>[^，。；：、()%\d]{0,14}?)" + _LINK)
#: A percentage of another time, or one that was only meant to be.
_ELSEWHERE = re.compile(r"目標|預定|預計|預期|去年|上年|前一年|同期|較|相較|基準|全國平均|原訂|原定")
_SPENT = re.compile(r"執行|支用|實支|決算|支出|動支|撥付|核銷|使用")
_BUDGET = re.compile(r"預算|編列|核定|可支用|分配|經費|法定|補助款|總額")
_WHOLE = re.compile(r"總|共|合計|全|應|受理|申請|受檢|抽查|檢查|通報|發生|收件|母體|計畫|預定|設籍|列管")
#: A whole that is stated is not the sum of the numbers beside it.
_STATED = re.compile(r"總|共|合計|其中")
_REACHED, _AIM = re.compile(r"實際|達成|完成|實績"), re.compile(r"目標|預定|計畫")
_SPENDING = re.compile(r"(?:執行|支用|動支)$")
#: 應訪1,300戶，已訪1,187戶，訪視率91.3%.
_DUE, _DONE = re.compile(r"^(?:共|計|合計)?(?:應|須)(?!變|用)"), re.compile(r"^(?:共|計)?(?:已|實際)")
#: What the second formula of spending adds: what is owed, what was saved, what is kept for the next year.
_OWED = re.compile(r"應付|未付|節餘|結餘|賸餘|剩餘|標餘|保留|暫付|預付")
#: 34,900千元，占總經費52,000千元之67.1%: the whole stands between the part and its share.
_SHARE_OF = re.compile(r"占[^，。；：、()%\d]{0,14}$")
_OF_IT = re.compile(r"[之的]?(?:約|近|逾)?")


def ratio(document: Document) -> Seen:
    """Ratios of tables, ratios in prose, averages, and growth."""
    seen = Seen()
    for part in (
        table_rates.ratios(document),
        averages.averages(document),
        growth.growth(document),
        table_growth.table_growth(document),
        prose(document)[0],
    ):
        seen.findings.extend(part.findings)
        seen.checked.update(part.checked)
    return seen


def prose(document: Document) -> tuple[Seen, Seen]:
    """What was seen of rates and shares in sentences: other numbers, and roundings that go the wrong way."""
    wrong, cut = Seen(), Seen()
    for before, sentence in with_previous(document):
        for quantity in sentence.quantities:
            if quantity.unit == PERCENT:
                _look(before, sentence, quantity, wrong, cut)
    return wrong, cut


def _look(before: Sentence | None, sentence: Sentence, rate: Quantity, wrong: Seen, cut: Seen) -> None:
    words = sentence.text[max(0, rate.start - 36) : rate.start]
    words = re.split(r"[，。；：](?!$)", words)[-1]
    found = _RATE.search(words) or _SHARE.search(words)
    if not found and (of := _share_of(sentence, rate)):
        _judge(sentence, rate, of, wrong, cut, capped=False)
    if not found or _ELSEWHERE.search(found[0]) or _ELSEWHERE.search(words[: found.start()][-8:]):
        return
    stem = found.groupdict().get("stem")
    beside = _beside(before, sentence, rate, achieved="達成" in (stem or ""))
    if _follows(beside, rate):
        wrong.add("ratios")
        return
    pair = _share(beside, rate) if stem is None else _rate(stem, beside, rate)
    if pair is None:
        return
    if stem and _SPENDING.search(stem) and _with_owed(beside, pair, rate):
        wrong.add("ratios")
        return
    capped = "達成" in (stem or "") and rate.value == 100 and pair[0].value > pair[1].value
    _judge(sentence, rate, pair, wrong, cut, capped=capped)


def _judge(
    sentence: Sentence, rate: Quantity, pair: tuple[Operand, Operand], wrong: Seen, cut: Seen, *, capped: bool
) -> None:
    how = ratio_fit(bounds(pair[0].quantity), bounds(pair[1].quantity), rate)
    wrong.add("ratios", _finding(sentence, rate, *pair) if how is Fit.NONE and not capped else None)
    if how is Fit.CUT:
        cut.findings.append(_rounding(sentence, rate, *pair))


def _beside(before: Sentence | None, sentence: Sentence, rate: Quantity, *, achieved: bool) -> list[Operand]:
    """The numbers before the rate; those of the sentence before where this one has fewer than two."""
    here = operands(sentence, until=rate.start, percents=achieved)
    if len(here) < 2 and before is not None:
        return [*operands(before, percents=achieved), *here]
    return here


def _follows(beside: list[Operand], rate: Quantity) -> bool:
    """Whether any number over another, over all of them together, or two over a third give the rate."""
    for unit in {operand.unit for operand in beside}:
        same = [operand for operand in beside if operand.unit == unit][-_MOST:]
        values = [bounds(operand.quantity) for operand in same]
        parts = [*values, *(_added(pair) for pair in combinations(values, 2) if len(values) == 3)]
        stated = any(_STATED.search(operand.words) for operand in same)
        wholes = values if stated else [*values, _added(values)]
        if any(part != whole and ratio_fit(part, whole, rate) is Fit.EXACT for part in parts for whole in wholes):
            return True
    return False


def _added(values: Sequence[Bounds]) -> Bounds:
    return sum((low for low, _ in values), Fraction(0)), sum((high for _, high in values), Fraction(0))


def _rate(stem: str, beside: list[Operand], rate: Quantity) -> tuple[Operand, Operand] | None:
    """Which number the rate is of which, where the words leave one pair."""
    if _SPENDING.search(stem):
        return _one_each(beside, _SPENT, _BUDGET)
    if stem.endswith("達成"):
        return _one_each(beside, _REACHED, _AIM)
    due = _one_each([operand for operand in beside if operand.quantity.unit != MONEY], _DONE, _DUE)
    if (
        due
        and len([operand for operand in beside if operand.unit == due[0].unit]) == 2
        and due[0].value <= due[1].value
    ):
        return due
    named = re.compile("|".join(re.escape(word) for word in {stem[-2:], stem[-2:-1] + "獲"} if len(word) == 2) or "$^")
    for unit in {operand.unit for operand in beside}:
        same = [operand for operand in beside if operand.unit == unit]
        parts = [operand for operand in same if named.search(operand.words)]
        if len(parts) != 1 or _other_years(same):
            continue
        wholes = [operand for operand in same if operand is not parts[0] and operand.value >= parts[0].value]
        if len(wholes) > 1:
            wholes = [operand for operand in wholes if _WHOLE.search(operand.words)]
        if len(wholes) == 1 and (len(same) == 2 or _WHOLE.search(wholes[0].words)):
            return parts[0], wholes[0]
    return None


def _one_each(beside: list[Operand], part: re.Pattern[str], whole: re.Pattern[str]) -> tuple[Operand, Operand] | None:
    parts = [operand for operand in beside if part.search(operand.words)]
    wholes = [operand for operand in beside if whole.search(operand.words) and operand not in parts]
    if len(parts) == len(wholes) == 1 and parts[0].unit == wholes[0].unit:
        return parts[0], wholes[0]
    return None


def _with_owed(beside: list[Operand], pair: tuple[Operand, Operand], rate: Quantity) -> bool:
    """Whether what was spent gives the rate together with any of what is owed, saved or kept for the next year."""
    spent, whole = pair
    owed = [o for o in beside if o not in pair and o.unit == spent.unit and _OWED.search(o.words)][:_MOST_OWED]
    return any(
        ratio_fit(_added([bounds(o.quantity) for o in (spent, *some)]), bounds(whole.quantity), rate) is Fit.EXACT
        for count in range(1, len(owed) + 1)
        for some in combinations(owed, count)
    )


def _share_of(sentence: Sentence, rate: Quantity) -> tuple[Operand, Operand] | None:
    beside = operands(sentence, until=rate.start)
    if len(beside) < 2 or not _OF_IT.fullmatch(sentence.text[beside[-1].quantity.end : rate.start]):
        return None
    part, whole = beside[-2:]
    named = _SHARE_OF.search(sentence.text[: whole.quantity.start][-16:])
    return (part, whole) if named and part.unit == whole.unit and part.value <= whole.value else None


def _share(beside: list[Operand], rate: Quantity) -> tuple[Operand, Operand] | None:
    if not beside or rate.start - beside[-1].quantity.end > 14 or beside[-1].quantity.end > rate.start:
        return None
    part = beside[-1]
    wholes = [operand for operand in beside[:-1] if operand.unit == part.unit and operand.value >= part.value]
    if len(wholes) > 1:
        wholes = [operand for operand in wholes if _WHOLE.search(operand.words) or operand.words.endswith("計")]
    return (part, wholes[0]) if len(wholes) == 1 and not _other_years(beside) else None


def _other_years(found: list[Operand]) -> bool:
    """Whether the numbers are of different years."""
    years = set()
    for operand in found:
        start = operand.quantity.start
        near = [day for day in operand.sentence.days if start - 24 <= day.start < start]
        if near and near[-1].first:
            years.add(near[-1].first.year)
    return len(years) > 1


def _finding(sentence: Sentence, rate: Quantity, part: Operand, whole: Operand) -> Finding:
    raw = 100 * part.value / whole.value
    expected = percent(raw, rate.step)
    parts = {"over": part.printed, "under": whole.printed, "expected": expected, "printed": sentence.printed(rate)}
    if _mixed(part.quantity, whole.quantity, rate):
        reason = Reason(
            "%(printed)s follows from %(over)s and %(under)s only with their units taken for one: it is %(expected)s",
            **parts,
        )
        return _as_finding(
            sentence, rate, (part, whole), (Rule.UNITS, Severity.HIGH, Confidence.HIGH), (expected, reason)
        )
    reason = Reason("%(over)s divided by %(under)s is %(expected)s, not %(printed)s", **parts)
    return _as_finding(sentence, rate, (part, whole), (Rule.RATIO, Severity.HIGH, Confidence.HIGH), (expected, reason))


def _mixed(part: Quantity, whole: Quantity, rate: Quantity) -> bool:
    """Whether the rate is that of the bare numbers, their scales, such as 千 and 萬, left out."""
    unlike = part.scale != whole.scale and whole.bare > 0
    return unlike and ratio_fit((part.bare, part.bare), (whole.bare, whole.bare), rate) is Fit.EXACT


def _rounding(sentence: Sentence, rate: Quantity, part: Operand, whole: Operand) -> Finding:
    expected = percent(100 * part.value / whole.value, rate.step)
    reason = Reason(
        "the rate is %(expected)s when it is rounded, not %(printed)s",
        expected=expected,
        printed=sentence.printed(rate),
    )
    kind = (Rule.ROUNDING, Severity.LOW, Confidence.MEDIUM)
    return _as_finding(sentence, rate, (part, whole), kind, (expected, reason))


def _as_finding(
    sentence: Sentence,
    rate: Quantity,
    pair: tuple[Operand, Operand],
    kind: tuple[Rule, Severity, Confidence],
    said: tuple[str | Reason, Reason],
) -> Finding:
    starts = [operand.quantity.start for operand in pair if operand.sentence is sentence]
    quote = sentence.around(min([*starts, rate.start]), rate.end)
    line = sentence.passage.line(min([*starts, rate.start]))
    return Finding(*kind, quote, line, sentence.printed(rate), *said)

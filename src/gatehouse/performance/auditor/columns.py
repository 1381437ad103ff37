"""What the columns of a table are: by the letters of the form, (A), (B), (C/B), or else by their words."""

from __future__ import annotations

import re
from dataclasses import dataclass

from gatehouse.performance.auditor.dates import days_of
from gatehouse.performance.auditor.model import Table

_LETTER = r"[A-Z1-9甲乙丙丁]"
_LABEL = re.compile(rf"\((?P<letter>{_LETTER})\)")
_FORMULA = re.compile(rf"[=(]\(?(?P<over>{_LETTER})\)?[/÷]\(?(?P<under>{_LETTER})\)?")
_TARGET = re.compile(r"目標|預定|計畫值|應完成|預期")
_ACTUAL = re.compile(r"實際|實績|達成值|達成數|完成值|完成數|執行結果|達成情形|^成果值")
_RATE = re.compile(r"達成率|達成度|達標率")
_BUDGET = re.compile(r"預算|編列|可支用|分配|核定")
_SPENT = re.compile(r"決算|執行數|實支|支用數|實際執行|支出|累計執行|執行金額|實現數")
_SPEND_RATE = re.compile(r"執行率|支用率")
_BEFORE = re.compile(r"(?:去|上|前)(?:一)?年|前期|上期")


@dataclass(frozen=True, slots=True)
class Division:
    """A column whose percentages are one column over another, by their indices; `achievement` where it is (C/B)."""

    over: int
    under: int
    rate: int
    achievement: bool


def is_before(column: str) -> bool:
    """Whether a heading speaks of the year before."""
    return bool(_BEFORE.search(column))


def divisions(table: Table) -> tuple[Division, ...]:
    """The columns of percentages of which it is clear what was divided by what."""
    found = []
    letters = {
        label["letter"]: index
        for index, column in enumerate(table.columns)
        if (label := _LABEL.search(column.split("=")[0]))
    }
    for index, column in enumerate(table.columns):
        formula = _FORMULA.search(column)
        if formula and formula["over"] in letters and formula["under"] in letters:
            over, under = letters[formula["over"]], letters[formula["under"]]
            if index not in (over, under):
                found.append(Division(over, under, index, bool(_RATE.search(column))))
            continue
        if _RATE.search(column):
            pair = (_only(table, _ACTUAL, index), _only(table, _TARGET, index))
        elif _SPEND_RATE.search(column):
            pair = (_only(table, _SPENT, index), _only(table, _BUDGET, index))
        else:
            continue
        if pair[0] is not None and pair[1] is not None and pair[0] != pair[1]:
            found.append(Division(pair[0], pair[1], index, bool(_RATE.search(column))))
    return tuple(found)


def _only(table: Table, words: re.Pattern[str], but: int) -> int | None:
    """The one column with such a heading, other than the rate's own and those of the year before."""
    found = [
        index
        for index, column in enumerate(table.columns)
        if index not in (0, but) and words.search(column) and not is_before(column) and not _rate_like(column)
    ]
    latest = [index for index in found if _year(table.columns[index]) == max(_year(table.columns[i]) for i in found)]
    return latest[0] if len(latest) == 1 else None


def _year(column: str) -> int:
    """The year that a heading names, 0 where it names none: 111年實際值 beside 112年實際值."""
    return max((day.first.year for day in days_of(column) if day.first), default=0)


def _rate_like(column: str) -> bool:
    return bool(_RATE.search(column) or _SPEND_RATE.search(column))

"""What an auditor reads of a report: its sections, sentences and tables, with their quantities and dates.

Plain data: rules are functions over it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import islice

from gatehouse.performance.auditor.dates import Day, days_of
from gatehouse.performance.auditor.passage import Passage
from gatehouse.performance.auditor.quantities import Quantity, quantities_of

#: So many characters may stand beside the figure of a cell, such as a bracket or a note's number.
_BESIDE = 4
#: A sentence with more quantities is a table in words: what comes after these is not compared.
_MOST = 40
#: What a numbered paragraph begins with: its numeral counts nothing.
_NUMERAL = re.compile(r"[(]?(?:\d{1,2}|[一二三四五六七八九十壹貳參肆伍陸柒捌玖拾]{1,3})[).、](?!\d)|[-*•●○◎■□※①-⑳]")


@dataclass(frozen=True)
class Sentence:
    """A sentence with its place: the section and the paragraph that it stands in, by number."""

    passage: Passage
    section: int
    paragraph: int
    #: The Gregorian year that a date without one belongs to.
    year: int | None = None

    @property
    def text(self) -> str:
        return self.passage.plain

    @property
    def line(self) -> int:
        return self.passage.line()

    @cached_property
    def days(self) -> tuple[Day, ...]:
        return days_of(self.text, self.year)

    @cached_property
    def quantities(self) -> tuple[Quantity, ...]:
        return tuple(islice((q for q in quantities_of(self.text, self.days) if q.start >= self.begins), _MOST))

    @property
    def begins(self) -> int:
        """Where the words begin, after the numeral of a numbered paragraph."""
        found = _NUMERAL.match(self.text)
        return found.end() if found else 0

    def printed(self, quantity: Quantity) -> str:
        return self.passage.quote(quantity.start, quantity.end)

    def around(self, start: int, end: int) -> str:
        """The passage as printed from the mark before `start` to the mark after `end`."""
        left = max(self.text.rfind(mark, 0, start) for mark in "，；。：") + 1
        ends = [found for mark in "，；。" if (found := self.text.find(mark, end)) >= 0]
        return self.passage.quote(left, min(ends, default=len(self.text)))

    def before(self, place: int, most: int = 20) -> str:
        """The words before a place, at most so many, from the last mark that ends a clause."""
        text = self.text[max(0, place - most) : place]
        for mark in "，；：。、":
            text = text.rpartition(mark)[2]
        return text


@dataclass(frozen=True)
class Cell:
    """A cell of a table. `unit` is what its column counts, and `factor` in how many, where the cell does not say."""

    passage: Passage
    unit: str = ""
    factor: int = 1

    @property
    def text(self) -> str:
        return self.passage.plain

    @cached_property
    def quantity(self) -> Quantity | None:
        """The one quantity of the cell; None where there is none, or more than one."""
        text = self.text
        days = days_of(text)
        found = quantities_of(text, days)
        if days or len(found) != 1 or len(text) - (found[0].end - found[0].start) > _BESIDE:
            return None
        one = found[0]
        factor = self.factor if not one.unit and not one.scale else 1
        sign = -factor if text.startswith(("-", "▲", "△", "(-")) else factor
        return replace(one, value=sign * one.value, step=factor * one.step, unit=one.unit or self.unit)


@dataclass(frozen=True)
class Row:
    cells: tuple[Cell, ...]
    line: int

    @property
    def label(self) -> str:
        return self.cells[0].text

    @property
    def printed(self) -> str:
        return " ".join(cell.passage.printed for cell in self.cells)


@dataclass(frozen=True)
class Table:
    """`columns` are the headings in plain form; every row has as many cells."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    section: int

    def column(self, index: int) -> Sequence[Quantity | None]:
        return [row.cells[index].quantity for row in self.rows]


@dataclass(frozen=True)
class Section:
    """`level` 1 is 壹, 2 is 一, 3 is (一), 4 is 1., 5 is (1); 0 is the whole document, which has no parent."""

    index: int
    level: int
    number: str
    title: str
    parent: int | None
    line: int


@dataclass(frozen=True)
class Document:
    sections: tuple[Section, ...]
    sentences: tuple[Sentence, ...]
    tables: tuple[Table, ...]
    #: The Gregorian year that the report is of, where it says so.
    year: int | None = None
    lines: int = 0
    #: What stands in the annex of evidence: it says how the figures are defined.
    annex: str = ""
    _scopes: dict[int, int] = field(default_factory=dict, compare=False, repr=False)

    def path(self, section: int) -> Iterator[Section]:
        """A section and those it stands in, from the inside."""
        index: int | None = section
        while index is not None:
            yield self.sections[index]
            index = self.sections[index].parent

    def plan_of(self, section: int) -> int:
        """The section of the plan that a section is part of: its heading names no part of a plan (預算執行情形)."""
        if section not in self._scopes:
            self._scopes[section] = next(
                (s.index for s in self.path(section) if s.level <= 2 and (s.level < 1 or not is_part(s.title))), 0
            )
        return self._scopes[section]

    def inside(self, section: int) -> list[Sentence]:
        """The sentences of a section and all that it holds, in their order."""
        within = {s.index for s in self.sections if any(up.index == section for up in self.path(s.index))}
        return [sentence for sentence in self.sentences if sentence.section in within]

    def titles_inside(self, section: int) -> list[str]:
        return [s.title for s in self.sections if any(up.index == section for up in self.path(s.index))]


_PARTS = (
    "達成情形",
    "預算",
    "執行情形",
    "檢討",
    "策進",
    "效益",
    "績效指標",
    "衡量指標",
    "推動成果",
    "執行成果",
    "辦理情形",
    "改善",
    "經費",
    "指標",
    "未來",
    "目標",
)


def is_part(title: str) -> bool:
    """Whether a heading names a part of a plan and not a plan."""
    return any(part in title for part in _PARTS) and not title.rstrip("：: ").endswith("計畫")

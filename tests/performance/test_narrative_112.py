"""The narrative of the reference year is the published text, but for what had to be worded so that it can be right."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from tests.conformance import published_report
from tests.performance.shipped import YEARS

from gatehouse.performance.domain.narrative import Element, Heading, Line, Rows, TextLine, parse
from gatehouse.performance.loading.files import read_year

#: Each change of the words: what the published report says, and what stands in its place.
REWORDED = [
    ("", "112年度內"),  # 19 gates are those of the year …
    ("", "，其中112年度內完成19座"),  # … and 61 are all of them
    ("通關", ""),  # 通關通關系統 is a slip of the pen
    ("(", "及"),  # the list of dashboards names the six that it counts
    ("", "人民停(居)留紀錄"),
    (")", ""),
    ("", "2項"),  # two figures, where one stood for both
    ("各", ""),
    ("", "之規定"),  # two articles with two days, where one day stood for both
    ("以及", "經行政院定於113年1月1日施行；增訂"),
    ("等", "之"),
    ("並", ""),
]


def test_the_narrative_with_the_published_figures_is_the_published_report() -> None:
    year = read_year(YEARS / "112")
    assert year.published is not None
    printed = {(value.figure, value.style): value.printed for value in year.published.values}

    def words(line: Line) -> str:
        return "".join(part if isinstance(part, str) else printed[part.id, part.style] for part in line)

    def flat(element: Element) -> str:
        match element:
            case Heading():
                return element.number + words(element.title)
            case TextLine():
                return words(element.parts)
            case Rows():
                cells = (cell for row in element.cells for cell in row)
                return "".join(element.headings) + "".join(map(words, cells))

    ours = plain("".join(flat(element) for _, text in year.texts for element in parse(text)))
    published = plain(published_report().read_text(encoding="utf-8"))
    published = published[published.index("壹、") :]
    changes = SequenceMatcher(None, published, ours, autojunk=False).get_opcodes()
    assert [
        (published[begin:end], ours[first:last]) for kind, begin, end, first, last in changes if kind != "equal"
    ] == REWORDED


def plain(text: str) -> str:
    """Without spaces and line breaks, that a PDF has anywhere, with one form of brackets and colons."""
    return re.sub(r"\s+", "", text).translate(str.maketrans("（）:", "()："))

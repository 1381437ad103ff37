from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from gatehouse.kernel.errors import UnreadableError
from gatehouse.kernel.figure import Declared, Figure
from gatehouse.kernel.results import Reason
from gatehouse.performance.domain.assembling import sections_of
from gatehouse.performance.domain.book import Book, Entry, book
from gatehouse.performance.domain.report import FigureRun, Paragraph, Section, Table, Words

DECLARED = Declared("the agency", date(2024, 1, 31))


def a_book(rate: str = "0.23748") -> Book:
    known = Entry("p.rate", {"en": "rate"}, Figure("p.rate", Decimal(rate), "%", {}, DECLARED), {"en": "said"})
    return book(112, [known, Entry("p.gone", {"en": "gone"}, None, {}, Reason("nothing was recorded"))])


def test_sections_nest_by_their_numerals_and_figures_are_runs() -> None:
    text = (
        "壹、目標\n一、安全\n貳、計畫\n一、甲\n(一) 情形：\n| A | B |\n| 率 | {p.rate:percent} |\n"
        "1. 率為{p.rate:percent}。\n2. 缺{p.gone}"
    )
    goals, plans = sections_of((text,), a_book())
    assert goals == Section(1, "壹、", (Words("目標"),), (Section(2, "一、", (Words("安全"),), ()),))
    rate = FigureRun("p.rate", "percent", "0.24%")
    table = Table("A、B", ("A", "B"), (((Words("率"),), (rate,)),))
    first = Section(4, "1.", (), (Paragraph((Words("率為"), rate, Words("。"))),))
    second = Section(4, "2.", (), (Paragraph((Words("缺"), FigureRun("p.gone", "number", None))),))
    assert plans.blocks == (
        Section(2, "一、", (Words("甲"),), (Section(3, "(一)", (Words("情形："),), (table, first, second)),)),
    )


def test_a_figure_that_the_book_does_not_hold_is_missing() -> None:
    [section] = sections_of(("壹、{p.other}",), a_book())
    assert section.title == (FigureRun("p.other", "number", None),)


def test_what_changed_since_the_edition_before_shows_both() -> None:
    before = {("p.rate", "percent"): "2.37%"}
    [section] = sections_of(("壹、{p.rate:percent}",), a_book(), before=before)
    assert section.title == (FigureRun("p.rate", "percent", "0.24%", was="2.37%"),)
    [same] = sections_of(("壹、{p.rate:percent}",), a_book("2.37"), before=before)
    assert same.title == (FigureRun("p.rate", "percent", "2.37%"),)


def test_text_before_the_first_section_is_an_error() -> None:
    with pytest.raises(UnreadableError, match="begins outside a section"):
        sections_of(("本年度",), a_book())

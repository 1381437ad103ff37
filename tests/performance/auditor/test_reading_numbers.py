"""Numbers, dates and quantities as they stand in Chinese prose."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from gatehouse.performance.auditor.dates import days_of
from gatehouse.performance.auditor.numerals import chinese
from gatehouse.performance.auditor.passage import Passage
from gatehouse.performance.auditor.quantities import quantities_of


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("91,378千元", 91_378_000, "元"),
        ("3億3,999萬元", 339_990_000, "元"),
        ("2萬 1,932人", 21_932, "人"),
        ("160萬7,385人次", 1_607_385, "人次"),
        ("1.5億元", 150_000_000, "元"),
        ("５百萬元", 5_000_000, "元"),
        ("99.95％", Fraction("99.95"), "%"),
        ("百分之十二", 12, "%"),
        ("2.2個百分點", Fraction("2.2"), "百分點"),
        ("１，２３５件", 1235, "件"),
        ("十二項", 12, "項"),
        ("一千二百人", 1200, "人"),
        ("5万人", 50_000, "人"),
        ("五大面向", 5, "項"),
    ],
)
def test_a_quantity(text: str, value: Fraction, unit: str) -> None:
    (found,) = quantities_of(Passage.of([(1, text)]).plain)
    assert (found.value, found.unit) == (value, unit)


@pytest.mark.parametrize("text", ["第3次", "第十二條", "一般", "同一個", "T1", "1" * 30])
def test_what_is_no_quantity(text: str) -> None:
    assert quantities_of(text) == ()


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("112年7月18日", date(2023, 7, 18), date(2023, 7, 18)),
        ("民國一百十二年六月十四日", date(2023, 6, 14), date(2023, 6, 14)),
        ("2023年5月", date(2023, 5, 1), date(2023, 5, 31)),
        ("112年度", date(2023, 1, 1), date(2023, 12, 31)),
        ("112.3.5", date(2023, 3, 5), date(2023, 3, 5)),
        ("9月15日", date(2020, 9, 15), date(2020, 9, 15)),
        ("112年2月30日", None, None),
    ],
)
def test_a_date(text: str, first: date | None, last: date | None) -> None:
    (found,) = days_of(text, 2020)
    assert (found.first, found.last) == (first, last)


@pytest.mark.parametrize("text", ["連續14年", "1年3個月", "100年計畫", "第8年"])
def test_a_length_of_time_is_no_date(text: str) -> None:
    assert days_of(text) == ()


@pytest.mark.parametrize(("text", "value"), [("一百十二", 112), ("一一二", 112), ("二萬三千", 23_000), ("甲", None)])
def test_chinese_numerals(text: str, value: int | None) -> None:
    assert chinese(text) == value


def test_a_passage_keeps_the_line_of_each_character() -> None:
    passage = Passage.of([(3, " 實際執行1,172,77 "), (5, "5千元")])
    assert passage.printed == "實際執行1,172,775千元"
    assert [passage.line(place) for place in (0, 11, 12)] == [3, 3, 5]
    assert passage.quote(4, 15) == "1,172,775千元"

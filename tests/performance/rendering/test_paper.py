"""What all formats set: the words of a report, before any format has its say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from tests.performance.rendering.sample import AT, LONG, MANNER, report

from gatehouse.kernel.results import Reason
from gatehouse.performance.domain.codec import digest
from gatehouse.performance.domain.report import State
from gatehouse.performance.rendering.evidence import Line
from gatehouse.performance.rendering.manner import clean
from gatehouse.performance.rendering.paper import Grid, Piece, Text, Title, paper_of

PAPER = paper_of(report(), MANNER)


def test_a_title_runs_into_its_paragraph_below_the_second_level() -> None:
    found = next(part for part in PAPER.parts if isinstance(part, Title) and part.number == "(二)")
    after = PAPER.parts[PAPER.parts.index(found) + 1]
    assert found == Title(3, 3, "(二)", (Piece("計畫預算執行情形："),), runs_in=True)
    assert after == Text(
        3,
        "",
        (
            Piece("本計畫年度預算編列新臺幣(下同)"),
            Piece("91,378", opens=4, place=7),
            Piece("千元，實際執行"),
            Piece("217", opens=5, place=8),
            Piece("(before the correction: 218)"),
            Piece("千元，執行率為"),
            Piece("0.24%", opens=3, place=9),
            Piece("。"),
        ),
    )


def test_headings_are_never_more_than_one_deeper_whatever_levels_the_numbers_have() -> None:
    paper = paper_of(report("一、題\n(1) 甲：\n乙\n貳、題\n1.一句，無標題。\n(1) 丙：\n丁"), MANNER)
    titles = [part for part in paper.parts if isinstance(part, Title)]
    assert [(title.level, title.depth) for title in titles] == [(2, 1), (5, 2), (1, 1), (5, 2)]


def test_a_section_without_a_title_is_a_numbered_paragraph() -> None:
    texts = [part for part in PAPER.parts if isinstance(part, Text)]
    [found] = [(part.level, part.pieces) for part in texts if part.number == "(2)"]
    assert (found[0], "".join(piece.text for piece in found[1])) == (5, "建置7座，拆除7座。")


def test_the_caption_of_a_table_names_where_it_stands() -> None:
    assert [(grid.level, grid.caption) for grid in PAPER.parts if isinstance(grid, Grid)] == [
        (3, "辦公廳舍新建工程中長程計畫－計畫目標及達成情形"),
        (3, "新世代查驗服務計畫－計畫目標及達成情形"),
    ]


def test_each_kind_of_evidence_says_all_it_rests_on() -> None:
    by_id = {each.id: each for each in PAPER.evidence}
    assert by_id["building.rate"].lines == (
        Line("Figure", "building.rate", code=True),
        Line("As printed", "0.24%"),
        Line("Value", "0.2374751034…"),
        Line("Unit", "%"),
        Line("Kind", "computed from records"),
        Line("Definition", "預算執行率之定義"),
        Line("Version", "1"),
        Line("Query", '{"measure": "payments", "plan": "building"}', code=True),
        Line("Period", "112年1月1日 to 112年12月31日"),
        Line("As of", "113年2月1日 16:30"),
        Line("Records read", "12"),
        Line("Digest (SHA-256)", "ab" * 32, code=True),
    )
    assert by_id["building.award"].lines[6:] == (
        Line("Source document", "a list of agreements"),
        Line("Page", "3"),
        Line("Digest (SHA-256)", "cd" * 32, code=True),
        Line("Confirmed by", "chen and lin"),
    )
    assert by_id["building.allocated"].lines[6:] == (
        Line("Declared by", "the agency"),
        Line("Declared on", "113年1月15日"),
    )
    assert by_id["gates.available"].lines[-2:] == (Line("Target", "99.95"), Line("Note", "measured on other equipment"))
    assert [PAPER.evidence[number - 1].id for number in by_id["building.rate"].parts] == [
        "building.spent",
        "building.allocated",
    ]
    assert by_id["building.rate"].places == (5, 6, 9)
    assert [each.id for each in by_id["building.spent"].records] == ["p-1"]


def test_the_report_says_what_it_is() -> None:
    assert PAPER.about == (
        ("Agency", "內政部移民署"),
        ("Year", "112"),
        ("State", "published"),
        ("Edition", "2"),
        ("As of", "113年2月1日 16:30"),
        ("Digest (SHA-256)", digest(report())),
    )
    assert [(listing.title, listing.rows) for listing in PAPER.listings] == [
        ("Corrections to earlier editions", (("實際執行", "218", "217", "113年1月31日", "付款日更正"),)),
        ("Differences from what was published elsewhere", (("預算執行率", "2.37%", "0.24%", "他處刊布之小數點誤植"),)),
    ]


@pytest.mark.parametrize(
    ("state", "mark"),
    [
        (State.DRAFT, "Draft: not for publication"),
        (State.PROOF, "Proof: not published yet"),
        (State.PUBLISHED, ""),
    ],
)
def test_what_is_not_published_says_so(state: State, mark: str) -> None:
    assert paper_of(report(state=state), MANNER).mark == mark


def test_a_draft_names_what_is_missing() -> None:
    paper = paper_of(report(state=State.DRAFT, without=("count.b",)), MANNER)
    assert paper.missing == ("count.b",)
    pieces = [piece for part in paper.parts if isinstance(part, Text) for piece in part.pieces if piece.missing]
    assert pieces == [Piece("[missing: count.b]", missing=True)]


def test_the_sample_is_as_large_as_a_real_report() -> None:
    found = report(LONG)
    assert (len(found.figure_runs()), len(found.evidence)) == (109, 103)


def test_the_words_are_those_of_the_agency() -> None:
    said: list[str] = []

    def say(reason: Reason) -> str:
        said.append(reason.text)
        return "詞"

    paper = paper_of(report(), replace(MANNER, say=say))
    assert set(paper.words.values()) == {"詞"}
    assert "measured on %(what)s" in said


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (91378, "91,378"),
        (Decimal("99.950"), "99.95"),
        (Decimal(20), "20"),
        (Decimal("1E+3"), "1,000"),
        (Decimal("0.12345678901"), "0.123456789…"),
        (Decimal("-1234.5"), "-1,234.5"),
        (Decimal("123456789012345678901234567890.00000000009"), "123,456,789,012,345,678,901,234,567,890…"),
        (date(2023, 8, 14), "112年8月14日"),
    ],
)
def test_a_value_is_shown_as_it_was_calculated(value: int | Decimal | date, shown: str) -> None:
    assert MANNER.value(value) == shown


def test_another_calendar_and_language() -> None:
    elsewhere = replace(MANNER, code="en", tag="en-GB", roc=False)
    assert (elsewhere.language, elsewhere.region, elsewhere.day(date(2023, 8, 14))) == ("en", "GB", "2023-08-14")
    assert elsewhere.moment(AT) == "2024-02-01 16:30"
    assert paper_of(report(), elsewhere).evidence[2].name == "building.rate"
    assert (replace(MANNER, tag="zh-Hant").region, replace(MANNER, tag="zh-Hant").language) == ("", "zh")


def test_what_no_xml_can_hold_is_replaced_where_it_is_seen() -> None:
    assert clean("a\x00b\x0bc\ud800d\uffff\ne\r\nf\x85g") == "a\ufffdb\ufffdc\ufffdd\ufffd e f g"
    assert clean("內政部　<b> & 𠮷") == "內政部　<b> & 𠮷"

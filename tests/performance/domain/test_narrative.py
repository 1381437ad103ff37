from __future__ import annotations

import pytest

from gatehouse.kernel.errors import UnreadableError
from gatehouse.performance.domain.narrative import (
    Heading,
    Reference,
    Rows,
    TextLine,
    parse,
    parts_of,
    references,
    typed_figures,
)

TEXT = """
貳、年度重要計畫達成情形
一、某計畫
(一) 計畫目標及達成情形：
| 指標名稱(A) | 年度目標值(B) |
| (1)可用率 | {plan.target:percent} |
(二) 計畫預算執行情形：本年度預算編列{plan.allocated:thousands}千元。
1. 本工程於{plan.tender.date:date}公告。
"""


def test_the_five_levels_tables_and_paragraphs() -> None:
    assert parse(TEXT) == (
        Heading(1, "貳、", ("年度重要計畫達成情形",)),
        Heading(2, "一、", ("某計畫",)),
        Heading(3, "(一)", ("計畫目標及達成情形：",)),
        Rows(
            ("指標名稱(A)", "年度目標值(B)"),
            ((("(1)可用率",), (Reference("plan.target", "percent"),)),),
        ),
        Heading(3, "(二)", ("計畫預算執行情形：",)),
        TextLine(("本年度預算編列", Reference("plan.allocated", "thousands"), "千元。")),
        Heading(4, "1.", ()),
        TextLine(("本工程於", Reference("plan.tender.date", "date"), "公告。")),
    )


def test_the_references_in_the_order_of_the_text() -> None:
    assert [each.id for each in references(TEXT)] == ["plan.target", "plan.allocated", "plan.tender.date"]


def test_a_brace_is_doubled_where_it_is_meant() -> None:
    assert parts_of("集合{{a}}與{b.c}") == ("集合{a}與", Reference("b.c", "number"))


def test_an_id_may_hold_the_code_of_an_act() -> None:
    assert parts_of("{law.D0080132.36.in-force:date}") == (Reference("law.D0080132.36.in-force", "date"),)


@pytest.mark.parametrize("line", ["{", "a}b", "{A}", "{a b}", "{a:}"])
def test_a_lone_brace_is_named_with_its_line(line: str) -> None:
    with pytest.raises(UnreadableError, match="line 2: a brace"):
        parse("一、標題\n" + line)


def test_a_row_has_as_many_cells_as_there_are_headings() -> None:
    with pytest.raises(UnreadableError, match="line 3: the row has not as many cells"):
        parse("一、標題\n| A | B |\n| 1 |")


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("實際執行217千元，占91,378千元", ("217", "91,378")),
        ("112年度「2023-2024反剝削行動計畫」及第3次修正、第8條", ()),
        ("自99年起", ()),
        ("於111年及112年期間", ()),
        ("於112年7月18日決標", ("112", "7", "18")),
        ("{a.b:percent}及{c.d}", ()),
        ("1. 完成19座", ("19",)),
    ],
)
def test_figures_that_were_typed_are_found(text: str, typed: tuple[str, ...]) -> None:
    assert typed_figures(text) == typed

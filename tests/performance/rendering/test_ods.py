from __future__ import annotations

from io import BytesIO

import pytest
from odfdo import Document, Table
from tests.performance.rendering.reading import said
from tests.performance.rendering.sample import MANNER, report

from gatehouse.performance.domain.report import State
from gatehouse.performance.rendering import Format, ods, render

DATA = render(report(), Format.ODS, MANNER)
SHEETS: dict[str, Table] = {str(table.name): table for table in Document(BytesIO(DATA)).body.tables}


def rows(name: str) -> list[list[str]]:
    """The text of each cell, row by row."""
    return [
        [said(cell) for cell in row.get_elements("table:table-cell")]
        for row in SHEETS[name].get_elements("descendant::table:table-row")
    ]


def cells(name: str, row: int) -> list[dict[str, str]]:
    found = SHEETS[name].get_elements("descendant::table:table-row")[row].get_elements("table:table-cell")
    return [cell.attributes for cell in found]


def test_a_sheet_for_the_figures_each_table_and_each_list() -> None:
    assert list(SHEETS) == [
        "Contents",
        "Figures",
        "Table 1",
        "Table 2",
        "Corrections to earlier editions",
        "Differences from what was publi",
    ]
    assert rows("Contents")[1] == ["內政部移民署112年度施政績效報告", ""]
    assert rows("Contents")[-1] == ["Table 2", "新世代查驗服務計畫－計畫目標及達成情形"]


def test_a_value_is_a_number_with_all_its_digits() -> None:
    heads, *figures = rows("Figures")
    assert heads[:7] == ["Name", "Value", "Figure", "As printed", "Unit", "Kind", "Definition"]
    assert len(figures) == len(report().evidence) == 13
    at = [row[2] for row in figures].index("building.rate") + 1
    value = cells("Figures", at)[1]
    assert value["office:value-type"] == "float"
    assert value["office:value"].startswith("0.23747510341657729431")
    row = dict(zip(heads, rows("Figures")[at], strict=True))
    assert (row["Name"], row["As printed"], row["Period"]) == ("預算執行率", "0.24%", "112年1月1日 to 112年12月31日")
    assert (row["Digest (SHA-256)"], row["As of"]) == ("ab" * 32, "113年2月1日 16:30")


def test_a_day_is_a_day() -> None:
    at = [row[2] for row in rows("Figures")].index("building.awarded")
    value = cells("Figures", at)[1]
    assert (value["office:value-type"], value["office:date-value"]) == ("date", "2023-08-14")


def test_a_figure_alone_in_a_cell_of_a_table_is_the_number_that_is_printed() -> None:
    assert rows("Table 1") == [
        ["指標名稱(A)", "年度目標值(B)", "實際值(C)", "達成率(C/B)"],
        ["(1)流標檢討及修正計畫報核", "10%", "100%", "100%"],
        ["(2)地下室開挖及地下室結構體施工", "10%", "0.24%", "0.24%"],
    ]
    name, target, actual, _ = cells("Table 1", 2)
    assert name["office:value-type"] == "string"
    assert (target["office:value-type"], target["office:value"]) == ("percentage", "0.10")
    assert (actual["office:value-type"], actual["office:value"]) == ("percentage", "0.0024")


@pytest.mark.parametrize(
    ("percent", "share"), [("99.95", "0.9995"), ("100", "1.00"), ("5", "0.05"), ("0.24", "0.0024"), ("-7.5", "-0.075")]
)
def test_a_percentage_is_a_share_to_the_last_digit(percent: str, share: str) -> None:
    assert ods._hundredth(percent) == share


def test_errata_and_differences_show_both_values() -> None:
    assert rows("Corrections to earlier editions")[1] == ["實際執行", "218", "217", "113年1月31日", "付款日更正"]
    assert rows("Differences from what was publi")[1] == ["預算執行率", "2.37%", "0.24%", "他處刊布之小數點誤植"]


def test_a_draft_says_so_and_names_what_is_missing() -> None:
    draft = Document(BytesIO(render(report(state=State.DRAFT, without=("count.b",)), Format.ODS, MANNER)))
    texts = [said(cell) for cell in draft.body.tables[0].get_elements("descendant::table:table-cell")]
    assert "Draft: not for publication" in texts
    assert texts[texts.index("Figures that are missing") + 1] == "count.b"


def test_the_same_report_has_the_same_bytes() -> None:
    assert render(report(), Format.ODS, MANNER) == DATA

"""The auditor over the agency's own paper: the same rules, each finding with the part that it is of."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from gatehouse.performance.auditor.own import findings_of
from gatehouse.performance.domain.report import Paragraph, Report, Section, State, Table, Words
from gatehouse.performance.rendering.manner import Manner
from gatehouse.performance.rendering.paper import paper_of


def words(text: str) -> tuple[Words, ...]:
    return (Words(text),)


def report(*sections: Section) -> Report:
    at = datetime(2024, 2, 1, tzinfo=UTC)
    return Report(112, "甲機關", "甲機關112年度施政績效報告", State.DRAFT, 1, at, sections, {})


def paper(*sections: Section) -> list[tuple[int, str, str]]:
    manner = Manner("zh-hant", "zh-Hant-TW", roc=True, zone=ZoneInfo("Asia/Taipei"))
    found = findings_of(paper_of(report(*sections), manner))
    return [(index, finding.rule.value, finding.printed) for index, finding in found]


WRONG = "本計畫112年度預算編列91,378千元，實際執行217千元，執行率為2.37%。"


def test_a_finding_of_a_title_that_runs_in_is_of_its_paragraph() -> None:
    inner = Section(3, "(一)", words("預算執行情形："), (Paragraph(words(WRONG)),))
    outer = Section(2, "一、", words("某計畫"), (inner,))
    assert paper(Section(1, "壹、", words("計畫"), (outer,))) == [(3, "ratio", "2.37%")]


def test_a_finding_of_a_row_is_of_its_table() -> None:
    table = Table(
        "指標", ("項目", "預算數(千元)", "執行數(千元)", "執行率(%)"), (tuple(map(words, ("甲", "200", "50", "35%"))),)
    )
    outer = Section(2, "一、", words("某計畫"), (Paragraph(words("說明如下。")), table))
    found = paper(Section(1, "壹、", words("計畫"), (outer,)))
    assert [(index, printed) for index, _, printed in found] == [(3, "35%")]


def test_a_paper_that_adds_up_has_no_finding() -> None:
    right = Paragraph(words(WRONG.replace("2.37%", "0.24%")))
    assert paper(Section(1, "壹、", words("計畫"), (right,))) == []

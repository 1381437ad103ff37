from __future__ import annotations

from gatehouse.performance.auditor.auditing import audit
from gatehouse.performance.auditor.reading import read_report
from gatehouse.web.performance.marking import Passage, Stretch, marked_text

REPORT = """甲機關112年度施政績效報告
一、某計畫：
(一) 計畫預算執行情形：本計畫112年度預算編列91,378千元，實際執行217千元，執行率為2.37%。
(二) 其他說明。
"""


def shown(passages: list[Passage]) -> list[str]:
    return ["".join(stretch.text for cell in each.stretches() for stretch in cell) for each in passages]


def test_the_text_is_shown_whole_and_in_its_order() -> None:
    document = read_report(REPORT.encode())
    assert "\n".join(shown(marked_text(document, ()))) == REPORT.strip()


def test_a_finding_marks_what_it_quotes_and_nothing_else() -> None:
    document = read_report(REPORT.encode())
    findings = audit(document).findings
    assert [(each.rule, each.line) for each in findings] == [("ratio", 3)]
    marked = [
        (passage.line, stretch)
        for passage in marked_text(document, findings)
        for cell in passage.stretches()
        for stretch in cell
        if stretch.findings
    ]
    assert marked == [(3, Stretch(findings[0].quote, (1,), (1,)))]


def test_two_findings_over_the_same_words_are_told_apart() -> None:
    passage = Passage(1, 1, ["abcdef"], is_row=False, marked=[(1, 0, 0, 4), (2, 0, 2, 6)])
    assert passage.stretches() == [[Stretch("ab", (1,), (1,)), Stretch("cd", (1, 2), (2,)), Stretch("ef", (2,), ())]]

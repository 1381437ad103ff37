"""One report as text, HTML, ODT, DOCX and PDF: the same findings."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pytest
from tests.performance.auditor.numbered import numbered_docx
from tests.performance.auditor.reading import ACTS, audited, said
from tests.performance.auditor.source import SOURCE
from tests.performance.rendering.libreoffice import NEEDS_LIBREOFFICE, converted
from tests.performance.rendering.sample import AT, MANNER

from gatehouse.performance.auditor.auditing import audit
from gatehouse.performance.auditor.joining import Paragraph
from gatehouse.performance.auditor.passage import Passage
from gatehouse.performance.auditor.reading import plain, read_report
from gatehouse.performance.domain.assembling import sections_of
from gatehouse.performance.domain.book import Book
from gatehouse.performance.domain.report import Report, State
from gatehouse.performance.rendering import Format, render


def report() -> Report:
    """The reference report as a typed model, each of its lines joined."""
    lines = []
    for block in plain.read(SOURCE)[0]:
        if isinstance(block, Paragraph):
            lines.append(Passage.of(block.lines).printed)
        else:
            lines += ["|" + "|".join(Passage.of(cell).printed for cell in row) + "|" for row in block.rows]
    text = "\n".join(lines[lines.index("壹、年度施政目標：") :])
    return Report(
        year=112,
        agency="內政部移民署",
        title="內政部移民署112年度施政績效報告",
        state=State.PUBLISHED,
        edition=1,
        as_of=AT,
        sections=sections_of((text,), Book(112, {})),
        evidence={},
    )


def compact(found: list[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    """Without the blanks that a program sets between Chinese and figures, in no order of lines."""
    return sorted((rule, printed.replace(" ", ""), expected) for rule, printed, expected in found)


@pytest.mark.parametrize("format", [Format.HTML, Format.ODT, Format.DOCX, Format.PDF])
def test_every_format_gives_the_same_findings(format: Format) -> None:
    data = render(report(), format, MANNER)
    found = audit(read_report(data), ACTS)
    assert len(found.findings) == 11
    assert compact(said(found)) == compact(said(audited(SOURCE)))
    assert found.checked["ratios"] == 11
    assert found.checked["sums"] == 2


def test_a_report_with_utf16_or_a_byte_order_mark_is_read() -> None:
    for encoding in ("utf-16", "utf-8-sig"):
        found = audit(read_report(SOURCE.encode(encoding)), ACTS)
        assert len(found.findings) == 11


def test_a_docx_is_read_with_the_numerals_that_word_sets_by_itself() -> None:
    document = read_report(numbered_docx())
    assert [section.number for section in document.sections if section.level == 1] == ["壹、", "貳、", "參、", "肆、"]
    assert [section.number for section in document.sections if section.level == 3][:6] == [
        "(一)", "(二)", "(三)", "(四)", "(五)", "(一)"
    ]  # fmt: skip
    assert compact(said(audit(document, ACTS))) == compact(said(audited(SOURCE)))


@pytest.mark.real
@NEEDS_LIBREOFFICE
def test_a_pdf_of_libreoffice_with_hanging_numerals_is_read(tmp_path: Path) -> None:
    found = audit(read_report(converted(numbered_docx(), "docx", "pdf", tmp_path)), ACTS)
    assert compact(said(found)) == compact(said(audited(SOURCE)))


def test_the_annex_of_evidence_claims_nothing_of_its_own() -> None:
    table = "指標名稱(A)|年度目標值(B)|實際值(C)|達成率(C/B)\n使用率|50%|60%|100%\n"
    text = f"貳、計畫\n一、甲計畫\n{table}(二)預算：編列100千元，實際執行90千元，執行率為90%。\n"
    annex = "\n數字之依據\n達成率 100%\n預算執行率 12.00%\n實際值÷年度目標值，超過100%者以100%計\n"
    rules = [finding.rule.value for finding in audit(read_report(text.encode())).findings]
    assert rules == ["cap"]
    assert audit(read_report((text + annex).encode())).findings == ()


def as_lines(kind: str) -> bytes:
    """The source report with each of its printed lines a paragraph, as a word processor opens a text."""
    lines = SOURCE.splitlines()
    if kind == "pre":
        return (
            "<!doctype html>\n<body><pre>" + "\n".join(f"<span>{line}</span>" for line in lines) + "</pre>"
        ).encode()
    if kind == "p":
        return ("<!doctype html>\n<body>" + "\n".join(f"<p>{line}</p>" for line in lines)).encode()
    made = docx.Document()
    for line in lines:
        made.add_paragraph(line)
    kept = io.BytesIO()
    made.save(kept)
    return kept.getvalue()


@pytest.mark.parametrize("kind", ["pre", "p", "docx"])
def test_a_text_whose_lines_became_paragraphs_has_the_same_findings(kind: str) -> None:
    found = [(f.rule, f.printed) for f in audit(read_report(as_lines(kind)), ACTS).findings]
    assert found == [(f.rule, f.printed) for f in audit(read_report(SOURCE.encode()), ACTS).findings]
    assert len(found) == 11


def test_big5_is_read() -> None:
    text = "預算編列91,378千元，實際執行217千元，執行率為2.37%。\n"
    [finding] = audit(read_report(text.encode("cp950"))).findings
    assert (finding.rule.value, finding.expected) == ("ratio", "0.24%")

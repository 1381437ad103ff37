"""One report as text, HTML, ODT, DOCX and PDF: the same findings."""

from __future__ import annotations

import pytest
from tests.performance.auditor.reading import ACTS, SOURCE, audited, said
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

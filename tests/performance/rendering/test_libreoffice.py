"""LibreOffice opens what officers edit, and its text is there."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pypdf
import pytest
from tests.performance.rendering.libreoffice import NEEDS_LIBREOFFICE, converted
from tests.performance.rendering.sample import MANNER, report

from gatehouse.performance.rendering import Format, render

pytestmark = [pytest.mark.real, NEEDS_LIBREOFFICE]
SENTENCE = "以3億3,999萬元決標予得標廠商；"


def text_of(format: Format, folder: Path) -> str:
    """The text of the PDF that LibreOffice makes of a report, without spaces."""
    reader = pypdf.PdfReader(BytesIO(converted(render(report(), format, MANNER), format.value, "pdf", folder)))
    return "".join("".join(page.extract_text().split()) for page in reader.pages)


@pytest.mark.parametrize("format", [Format.ODT, Format.DOCX])
def test_a_text_opens_with_its_sentences_tables_and_evidence(format: Format, tmp_path: Path) -> None:
    text = text_of(format, tmp_path)
    for part in (
        "內政部移民署112年度施政績效報告",
        SENTENCE,
        "指標名稱(A)",
        "0.24%",
        "ab" * 16,
        "他處刊布之小數點誤植",
    ):
        assert part in text


def test_a_spreadsheet_opens_with_its_figures_and_tables(tmp_path: Path) -> None:
    text = text_of(Format.ODS, tmp_path)
    for part in ("building.rate", "(1)流標檢討及修正計畫報核", "99.89%", "2023-08-14", "0.23747510341657"):
        assert part in text

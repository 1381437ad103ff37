"""LibreOffice opens what officers edit, and its text is there."""

from __future__ import annotations

import os
import shutil
import subprocess
from io import BytesIO
from pathlib import Path

import pypdf
import pytest
from tests.performance.rendering.sample import MANNER, report

from gatehouse.performance.rendering import Format, render

SOFFICE = shutil.which("soffice")
pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not SOFFICE and os.environ.get("CI") != "true", reason="LibreOffice is not installed"),
]
SENTENCE = "以3億3,999萬元決標予得標廠商；"


def converted(format: Format, folder: Path) -> str:
    """The text of the PDF that LibreOffice makes of a report, without spaces."""
    assert SOFFICE, "LibreOffice is not installed"
    source = folder / f"report.{format.value}"
    source.write_bytes(render(report(), format, MANNER))
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = [SOFFICE, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    reader = pypdf.PdfReader(BytesIO((folder / "report.pdf").read_bytes()))
    return "".join("".join(page.extract_text().split()) for page in reader.pages)


@pytest.mark.parametrize("format", [Format.ODT, Format.DOCX])
def test_a_text_opens_with_its_sentences_tables_and_evidence(format: Format, tmp_path: Path) -> None:
    text = converted(format, tmp_path)
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
    text = converted(Format.ODS, tmp_path)
    for part in ("building.rate", "(1)流標檢討及修正計畫報核", "99.89%", "2023-08-14", "0.23747510341657"):
        assert part in text

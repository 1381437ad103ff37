from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO
from typing import Any

import pypdf
import pytest

from gatehouse.performance.rendering.html import html
from gatehouse.performance.rendering.paper import Grid, Listing, Paper, Text
from gatehouse.performance.rendering.pdf import pdf
from tests.report.results import Outcome, TestResult
from tests.report.run import Data, Library, Run, Suite
from tests.report.sheets import LANGUAGES, sheets

RUN = Run(
    version="0.1.0",
    commit="0123456789abcdef0123456789abcdef01234567",
    changed=False,
    began="2026-11-25T08:30:00+00:00",
    system="Debian GNU/Linux 12 (bookworm), Linux 6.1",
    machine="x86_64, 2 × Some Processor, 8.0 GiB",
    python="3.11.7",
    libraries=(Library("cryptography", "50.0.0"),),
    suites=(Suite("checks", "2026-11-25T08:30:10+00:00", 61.5, 0),),
    collected=(),
    data=(Data("documents/sods", 9, "ab" * 32),),
)
GOOD = (
    TestResult("tests/documents/tr_03105/test_pace.py::test_case[ISO7816_G_01]", Outcome.PASSED, 0.25),
    TestResult("tests/documents/chip/test_bac.py::test_vector", Outcome.PASSED, 0.5, data=("documents/sods",)),
)
BAD = TestResult("tests/audit/test_merkle.py::test_root", Outcome.FAILED, 1.0, "assert b'\\x00' == <b'&'>")
SKIPPED = TestResult("tests/law/test_terms.py::test_holiday", Outcome.SKIPPED, 0.0, "absent: a calendar")
HEAVY = TestResult("tests/web/test_walks.py::test_walk", Outcome.NOT_RUN)


def words(paper: Paper) -> str:
    return "\n".join("".join(piece.text for piece in part.pieces) for part in paper.parts if isinstance(part, Text))


def row(paper: Paper, first: str) -> list[str]:
    """The cells after the first of the row that begins with that text, in the first table that has one."""
    rows = [line for part in paper.parts if isinstance(part, Grid) for line in part.rows if line[0][0].text == first]
    return ["".join(piece.text for piece in cell) for cell in rows[0][1:]]


def listing(paper: Paper, title: str) -> Listing:
    [found] = [each for each in paper.listings if each.title == title]
    return found


def test_a_run_in_which_everything_passed_says_so_and_is_not_marked() -> None:
    paper = sheets(RUN, GOOD, "en")
    assert "All 2 tests were run and passed." in words(paper)
    assert paper.mark == ""
    assert paper.edition == "Run of 2026-11-25 08:30 UTC, commit 0123456789ab"
    assert row(paper, "Chip protocols") == ["1", "1", "0", "0", "0", "0.5"]
    assert row(paper, "All") == ["2", "2", "0", "0", "0", "0.8"]
    assert {each.title for each in paper.listings} == {
        "The cases of BSI TR-03105 part 5.1 (version 1.5)",
        "Conformance data",
        "Libraries in the environment of the run",
    }
    assert listing(paper, "Conformance data").rows == (("documents/sods", "9", "ab" * 32, "1"),)


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_failing_test_appears_as_failed_with_its_reason_in_every_format(code: str) -> None:
    paper = sheets(RUN, (*GOOD, BAD), code)
    page = html(paper).decode()
    title = {"en": "Failed tests", "zh-hant": "失敗之測試"}[code]
    assert listing(paper, title).rows == ((BAD.id, BAD.why),)
    assert paper.mark == {"en": "Failed tests: 1", "zh-hant": "1 項測試失敗"}[code]
    audit = {"en": "Audit", "zh-hant": "稽核軌跡"}[code]
    assert row(paper, audit) == ["1", "0", "1", "0", "0", "1.0"]
    assert "<mark>1</mark>" in page
    assert "assert b'\\x00' == &lt;b'&amp;'&gt;" in page
    text = "".join("".join(each.extract_text().split()) for each in pypdf.PdfReader(BytesIO(pdf(paper))).pages)
    text = text.replace("\u200b", "")  # where a long word may be broken
    assert "".join(paper.mark.split()) in text
    assert "tests/audit/test_merkle.py::test_root" in text


def test_what_was_skipped_or_not_run_is_never_counted_as_passed() -> None:
    paper = sheets(RUN, (*GOOD, SKIPPED, HEAVY), "en")
    assert "Of 4 tests 2 passed, 0 failed, 1 were skipped and 1 were not run." in words(paper)
    assert paper.mark == "Not every test was run"
    assert listing(paper, "Tests that were skipped").rows == ((SKIPPED.id, "absent: a calendar"),)
    assert listing(paper, "Tests that were not run, by file").rows == (("tests/web/test_walks.py", "1"),)
    assert row(paper, "Screens") == ["1", "0", "0", "0", "1", "0.0"]


def test_a_suite_that_ended_early_and_code_that_was_changed_are_said() -> None:
    suite = replace(RUN.suites[0], exit=3)
    paper = sheets(replace(RUN, changed=True, suites=(suite,)), GOOD, "en")
    assert "pytest ended with exit code 3" in words(paper)
    assert paper.edition.endswith("0123456789ab (with changes that are not committed)")


def test_the_cases_of_the_test_plan_have_the_results_of_this_run() -> None:
    paper = sheets(RUN, GOOD, "en")
    rows = {each[0]: each[1:] for each in listing(paper, "The cases of BSI TR-03105 part 5.1 (version 1.5)").rows}
    assert len(rows) == 338
    assert rows["ISO7816_G_01"][1:3] == ("covered", "Passed")
    assert rows["ISO7816_G_02"][1:3] == ("covered", "")
    assert re.search(r"of which 1 passed in this run", words(paper).replace("\n", " "))


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_page_is_whole_and_the_pdf_is_made_for_keeping(code: str) -> None:
    paper = sheets(RUN, (*GOOD, BAD, SKIPPED, HEAVY), code)
    page = html(paper).decode()
    tag = LANGUAGES[code][0]
    assert f'<html lang="{tag}">' in page
    assert 'id="evidence"' not in page
    catalogue: Any = pypdf.PdfReader(BytesIO(pdf(paper))).trailer["/Root"]
    xmp = catalogue["/Metadata"].get_object().get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part>" in xmp
    assert "<pdfuaid:part>1</pdfuaid:part>" in xmp

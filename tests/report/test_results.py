from __future__ import annotations

from pathlib import Path

import pytest

from tests.report.cases import cases_of
from tests.report.requirements import Tally
from tests.report.results import Outcome, TestResult, results_of

XML = """<testsuites><testsuite>
<testcase classname="tests.a.test_a" name="test_good" time="0.5"><properties>
<property name="conformance" value="documents/sods"/></properties></testcase>
<testcase classname="tests.a.test_a" name="test_case[x.y::z]" time="1.25"/>
<testcase classname="tests.a.test_a.TestGroup" name="test_bad" time="2">
<failure message="assert 1 == 2&#10;more">text</failure></testcase>
<testcase classname="tests.b.test_b" name="test_absent" time="0"><skipped message="absent: a reader"/></testcase>
<testcase classname="tests.b.test_b" name="test_left_open" time="1"/>
<testcase classname="tests.b.test_b" name="test_left_open" time="1"><error message="failed on teardown"/></testcase>
</testsuite></testsuites>"""
COLLECTED = (
    "tests/a/test_a.py::test_good",
    "tests/a/test_a.py::test_case[x.y::z]",
    "tests/a/test_a.py::TestGroup::test_bad",
    "tests/b/test_b.py::test_absent",
    "tests/b/test_b.py::test_left_open",
    "tests/b/test_b.py::test_heavy",
)


@pytest.fixture
def report(tmp_path: Path) -> Path:
    file = tmp_path / "checks.xml"
    file.write_text(XML)
    return file


def test_each_test_has_the_outcome_of_the_run_and_what_did_not_run_is_not_run(report: Path) -> None:
    assert results_of(COLLECTED, [report]) == (
        TestResult(COLLECTED[0], Outcome.PASSED, 0.5, data=("documents/sods",)),
        TestResult(COLLECTED[1], Outcome.PASSED, 1.25),
        TestResult(COLLECTED[2], Outcome.FAILED, 2.0, "assert 1 == 2"),
        TestResult(COLLECTED[3], Outcome.SKIPPED, 0.0, "absent: a reader"),
        TestResult(COLLECTED[4], Outcome.FAILED, 2.0, "failed on teardown"),
        TestResult(COLLECTED[5], Outcome.NOT_RUN),
    )


def test_without_a_report_nothing_was_run() -> None:
    assert {each.outcome for each in results_of(COLLECTED, [])} == {Outcome.NOT_RUN}


def test_results_of_another_state_of_the_code_are_refused(report: Path) -> None:
    with pytest.raises(ValueError, match=r"^tests\.b\.test_b\.test_absent and 1 more ran, but are no tests"):
        results_of([id for id in COLLECTED if "test_b.py" not in id], [report])


def test_a_tally_counts_every_outcome(report: Path) -> None:
    tally = Tally.of(results_of(COLLECTED, [report]))
    counts = {Outcome.PASSED: 2, Outcome.FAILED: 2, Outcome.SKIPPED: 1, Outcome.NOT_RUN: 1}
    assert (tally.outcomes, tally.tests, tally.seconds) == (counts, 6, 5.75)


def test_a_case_of_the_test_plan_is_as_good_as_its_worst_test() -> None:
    def ran(name: str, outcome: Outcome) -> TestResult:
        return TestResult(f"tests/documents/tr_03105/test_pace.py::test_case[{name}]", outcome)

    found = {
        each.id: each.outcome
        for each in cases_of(
            [
                ran("ISO7816_G_01", Outcome.PASSED),
                ran("ISO7816_G_02", Outcome.FAILED),
                ran("ISO7816_G_02", Outcome.PASSED),
                ran("ISO7816_G_03", Outcome.NOT_RUN),
                TestResult("tests/kernel/test_ids.py::test_case[ISO7816_G_04]", Outcome.PASSED),
            ]
        )
    }
    assert len(found) == 338
    assert {id: outcome for id, outcome in found.items() if outcome is not None} == {
        "ISO7816_G_01": Outcome.PASSED,
        "ISO7816_G_02": Outcome.FAILED,
        "ISO7816_G_03": Outcome.NOT_RUN,
    }

from __future__ import annotations

from typing import Any

import pytest

from gatehouse.device.reading_report import ReadingReport
from gatehouse.device.reported import reported_checks, verdict_with
from gatehouse.kernel.results import Check, Result


def report(**changed: Any) -> ReadingReport:
    return ReadingReport.model_validate({"agent": "agent/1", "access": "BAC", **changed})


def check(id_: str, result: str = "successful") -> dict[str, Any]:
    return {"id": id_, "result": result, "reason": {"text": "as it was seen"}}


def found(given: ReadingReport, *files: str) -> dict[str, Result]:
    return {each.id: each.result for each in reported_checks(given, files)}


def test_a_desk_reports_what_the_chip_proved_while_it_lay_there() -> None:
    given = report(
        checks=[check("chip_access"), check("active_authentication"), check("chip_authentication", "failed")]
    )
    assert found(given, "DG14", "DG15") == {
        "chip_access": Result.SUCCESSFUL,
        "active_authentication": Result.SUCCESSFUL,
        "chip_authentication": Result.FAILED,
    }


def test_a_desk_cannot_report_what_the_centre_verifies_itself_nor_anything_twice() -> None:
    ids = ("sod_signature", "dsc_chain", "dg_hash", "expiry", "watchlist", "chip")
    assert found(report(checks=[check(each) for each in ids]), "SOD") == {}
    twice = report(checks=[check("active_authentication", "failed"), check("active_authentication")])
    assert [each.result for each in reported_checks(twice, ["DG15"])] == [Result.FAILED]


@pytest.mark.parametrize(
    ("id_", "file"), [("active_authentication", "DG15"), ("chip_authentication", "DG14"), ("card_access", "DG14")]
)
def test_a_proof_without_the_file_that_holds_its_key_is_undetermined(id_: str, file: str) -> None:
    given = report(checks=[check(id_)])
    assert found(given, "SOD", "DG1") == {id_: Result.UNDETERMINED}
    assert found(given, file) == {id_: Result.SUCCESSFUL}


def test_the_fall_from_pace_to_bac_is_shown_and_is_no_success() -> None:
    fall = {"name": "fell_to_bac", "detail": {"text": "PACE failed"}, "at_ms": 3}
    [shown] = reported_checks(report(checks=[check("chip_access")], events=[fall]), [])
    assert (shown.result, str(shown.reason)) == (Result.UNDETERMINED, "opened with BAC: PACE failed")


def test_why_a_chip_was_not_read_to_its_end_is_an_aborted_check() -> None:
    [shown] = reported_checks(report(failure={"text": "the document left the reader"}), [])
    assert (shown.id, shown.result) == ("chip", Result.ABORTED)
    assert str(shown.reason) == "the chip was not read to its end: the document left the reader"


def test_checks_that_a_failure_cut_off_are_said_once() -> None:
    given = report(checks=[check("chip_access"), check("card_access", "aborted")], failure={"text": "too slow"})
    assert found(given) == {"chip_access": Result.SUCCESSFUL, "chip": Result.ABORTED}
    assert found(report(checks=[check("card_access", "aborted")])) == {"card_access": Result.ABORTED}


@pytest.mark.parametrize("before", list(Result))
def test_a_report_makes_a_verdict_worse_and_never_better(before: Result) -> None:
    good = report(checks=[check("active_authentication"), check("chip_access")])
    checks = tuple(reported_checks(good, ["DG15"]))
    assert verdict_with(good, checks, before) is before
    bad = report(checks=[check("active_authentication", "failed")])
    assert verdict_with(bad, tuple(reported_checks(bad, ["DG15"])), before) is Result.FAILED


def test_a_sound_part_of_a_chip_that_was_not_read_to_its_end_is_undetermined() -> None:
    given = report(failure={"text": "too slow"})
    checks: tuple[Check, ...] = tuple(reported_checks(given, ["SOD"]))
    assert verdict_with(given, checks, Result.SUCCESSFUL) is Result.UNDETERMINED
    assert verdict_with(given, checks, Result.FAILED) is Result.FAILED


@pytest.mark.parametrize("id_", ["chip_access", "terminal_authentication"])
def test_what_says_nothing_about_the_document_does_not_speak_against_it(id_: str) -> None:
    given = report(checks=[check(id_, "failed")])
    assert verdict_with(given, tuple(reported_checks(given, [])), Result.UNDETERMINED) is Result.UNDETERMINED

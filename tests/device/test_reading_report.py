from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from gatehouse.device.reading_report import LARGEST, ReadingReport, ReportedCheck, Sentence
from gatehouse.kernel.errors import UnreadableError
from gatehouse.kernel.results import Check, Reason, Result

REPORT: dict[str, Any] = {
    "agent": "gatehouse-workstation/0.1.0",
    "devices": {"optical": "Reader", "chip": "Reader"},
    "access": "BAC",
    "checks": [
        {
            "id": "active_authentication",
            "result": "successful",
            "reason": {"text": "signed with %(hash)s", "parts": {"hash": "SHA-1"}},
            "duration_ms": 97.5,
        }
    ],
    "events": [{"name": "fell_to_bac", "detail": {"text": "no PACE", "parts": {}}, "at_ms": 12.5}],
    "timings_ms": {"mrz": 150.0, "chip.dg2": 420.5},
    "failure": None,
}


def test_a_report_comes_back_as_it_was_sent() -> None:
    report = ReadingReport.read(json.dumps(REPORT))
    assert json.loads(report.model_dump_json()) == REPORT
    check = report.checks[0].check()
    assert (check.id, check.result, str(check.reason)) == (
        "active_authentication",
        Result.SUCCESSFUL,
        "signed with SHA-1",
    )


def test_a_reason_goes_over_the_wire_with_its_parts_and_theirs() -> None:
    reason = Reason(
        "not read: %(cause)s after %(count)d on %(day)s", cause=Reason("gone"), count=3, day=date(2026, 1, 2)
    )
    sent = Sentence.model_validate_json(Sentence.of(reason).model_dump_json())
    assert str(sent.reason()) == "not read: gone after 3 on 2026-01-02"
    assert isinstance(sent.reason().parts["cause"], Reason)
    assert ReportedCheck.of(Check("a", Result.FAILED, Reason("b"))).check() == Check("a", Result.FAILED, Reason("b"))


@pytest.mark.parametrize(
    "text",
    ["", "%s", "%(a)999999999s", "%(a)r", "100 %", "%(a)d", "%(no)s", "x" * 301, "%(a)%", "%%(a)c %(b.c)s", "%(a%%)s"],
)
def test_a_sentence_that_would_not_be_filled_in_plainly_is_refused(text: str) -> None:
    content = {**REPORT, "failure": {"text": text, "parts": {"a": "words"}}}
    with pytest.raises(UnreadableError, match="the report of a desk cannot be read: failure"):
        ReadingReport.read(json.dumps(content))


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ("timings_ms", {"a": -1}),
        ("timings_ms", {"a": 1e12}),
        ("timings_ms", {str(number): 1 for number in range(65)}),
        ("access", "x" * 65),
        ("checks", [{"id": "a b", "result": "successful", "reason": {"text": "x"}}]),
        ("checks", [{"id": "a", "result": "fine", "reason": {"text": "x"}}]),
        ("verdict", "successful"),
    ],
)
def test_what_a_report_may_not_say_is_an_error_that_names_its_place(part: str, value: object) -> None:
    with pytest.raises(UnreadableError, match=f"the report of a desk cannot be read: {part}"):
        ReadingReport.read(json.dumps({**REPORT, part: value}))


def test_a_report_is_bounded_before_it_is_read() -> None:
    with pytest.raises(UnreadableError, match="larger than 64 KiB"):
        ReadingReport.read(" " * (LARGEST + 1))


def test_a_sentence_within_sentences_without_end_is_refused() -> None:
    deep = '{"text":"%(a)s","parts":{"a":' * 400 + '{"text":"x"}' + "}}" * 400
    with pytest.raises(UnreadableError):
        ReadingReport.read(json.dumps(REPORT).replace('"failure": null', f'"failure": {deep}'))


def test_an_agent_that_measures_no_check_reports_none() -> None:
    [check] = REPORT["checks"]
    unmeasured = {name: value for name, value in check.items() if name != "duration_ms"}
    [read] = ReadingReport.model_validate({**REPORT, "checks": [unmeasured]}).checks
    assert read.check().duration_ms is None
    assert ReadingReport.model_validate(REPORT).checks[0].check().duration_ms == 97.5

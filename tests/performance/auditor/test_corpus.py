"""Precision and recall over made-up reports of other agencies: planted mistakes, and clean but tricky content."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.performance.auditor.reading import audited, said

HERE = Path(__file__).with_name("corpus")
CLEAN: list[dict[str, Any]] = yaml.safe_load((HERE / "clean.yaml").read_text(encoding="utf-8"))
PLANTED: list[dict[str, Any]] = yaml.safe_load((HERE / "planted.yaml").read_text(encoding="utf-8"))


def test_how_many_reports_there_are() -> None:
    assert len(CLEAN) == 38
    assert len(PLANTED) == 46
    assert len({rule for report in PLANTED for rule, _ in report["wrong"]}) == 13


@pytest.mark.parametrize("report", CLEAN, ids=[report["name"] for report in CLEAN])
def test_nothing_is_found_in_a_clean_report(report: dict[str, Any]) -> None:
    found = audited(report["text"])
    assert said(found) == []
    assert sum(found.checked.values()) > 0


@pytest.mark.parametrize("report", PLANTED, ids=[report["name"] for report in PLANTED])
def test_what_was_planted_is_found_and_nothing_else(report: dict[str, Any]) -> None:
    found = sorted((rule, printed) for rule, printed, _ in said(audited(report["text"])))
    assert len(found) == len(report["wrong"])
    for rule, printed in report["wrong"]:
        assert [each for each in found if each[0] == rule and (printed in each[1] or each[1] in printed)]


def test_precision_and_recall() -> None:
    planted = [tuple(wrong) for report in PLANTED for wrong in report["wrong"]]
    found = [finding for report in PLANTED for finding in said(audited(report["text"]))]
    false = [finding for report in CLEAN for finding in said(audited(report["text"]))]
    right = [w for w in planted if any(w[0] == rule and (w[1] in p or p in w[1]) for rule, p, _ in found)]
    assert len(planted) == 84
    assert len(right) / len(planted) == 1.0
    assert len(right) / (len(found) + len(false)) == 1.0

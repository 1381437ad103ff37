"""The report of the reference year in the agency's language: nothing of its evidence is left in that of the house."""

from __future__ import annotations

import re

import pytest
from django.utils import translation
from tests.performance.shipped import CLOCK, WRITER, load

from gatehouse.performance.domain.report import State
from gatehouse.performance.rendering.evidence import Evidence
from gatehouse.performance.rendering.paper import paper_of
from gatehouse.performance.selectors.rendering import manner
from gatehouse.performance.selectors.reports import report_of

#: Tags of equipment, codes of ports and records: no words.
_WORD = re.compile(r"(?<![\w-])[a-z_]{3,}(?![\w-])")


@pytest.fixture
def evidence(db: None) -> dict[str, Evidence]:
    load()
    report = report_of(112, clock=CLOCK, reader=WRITER, state=State.PROOF)
    with translation.override("zh-hant"):
        return {each.id: each for each in paper_of(report, manner()).evidence}


def test_units_and_records_are_said_in_the_agencys_language(evidence: dict[str, Evidence]) -> None:
    assert {each.unit for each in evidence.values() if re.search("[A-Za-z]", each.unit)} == set()
    left = {
        text
        for each in evidence.values()
        for record in each.records
        for text in (record.what, record.value)
        if _WORD.search(text)
    }
    assert left == set()


def test_what_a_record_says_has_its_days_in_the_agencys_calendar(evidence: dict[str, Evidence]) -> None:
    [award] = evidence["southern-building.events.award.on"].records
    assert (award.what, award.value) == ("決標", "112年8月14日")
    spent = evidence["southern-building.budget.spent"]
    assert spent.unit == "新臺幣元"
    assert spent.records[0].what.startswith("付款, ")

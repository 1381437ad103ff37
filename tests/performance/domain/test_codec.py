from __future__ import annotations

import json
from datetime import UTC, date, datetime
from decimal import Decimal

from gatehouse.kernel.figure import Computed, Declared, Documented, Evidence, Figure
from gatehouse.kernel.results import Reason
from gatehouse.performance.domain.book import Entry, RecordLine
from gatehouse.performance.domain.codec import from_plain, to_plain
from gatehouse.performance.domain.report import (
    Difference,
    Erratum,
    FigureRun,
    Paragraph,
    Report,
    Section,
    State,
    Table,
    Words,
)

AT = datetime(2024, 2, 1, 3, 4, 5, tzinfo=UTC)
COMPUTED = Computed("spent by allocated", 2, {"plan": "p"}, (date(2023, 1, 1), date(2023, 12, 31)), AT, "ab" * 32, 7)
DOCUMENTED = Documented("a list", "cd" * 32, 3, ("user:a", "user:b"))
DECLARED = Declared("the agency", date(2024, 1, 31))


def entry(id: str, value: int | Decimal | date, evidence: Evidence) -> Entry:
    return Entry(
        id=id,
        name={"zh-hant": "率", "en": "rate"},
        figure=Figure(id, value, "%", {"plan": "p"}, evidence),
        definition={"en": "spent by allocated"},
        records=(RecordLine("1", {"en": "a payment"}, "217", "ledger"),),
        target=Decimal("99.95"),
        less_is_better=True,
        notes=(Reason("measured on %(what)s", what="other equipment"),),
        parts=("p.spent",),
    )


REPORT = Report(
    year=112,
    agency="移民署",
    title="報告",
    state=State.PUBLISHED,
    edition=2,
    as_of=AT,
    sections=(
        Section(
            1,
            "壹、",
            (Words("目標"),),
            (
                Paragraph((Words("率"), FigureRun("p.rate", "percent", "0.24%", was="2.37%"))),
                Table("A", ("A",), (((Words("x"),),), ((FigureRun("p.gone", "number", None),),))),
                Section(2, "一、", (), ()),
            ),
        ),
    ),
    evidence={
        "p.rate": entry("p.rate", Decimal("0.23748"), COMPUTED),
        "p.count": entry("p.count", 20, DOCUMENTED),
        "p.day": entry("p.day", date(2023, 7, 18), DECLARED),
    },
    errata=(Erratum("p.rate", "率", "2.37%", "0.24%", "a slip", date(2024, 3, 1)),),
    differences=(Difference("p.rate", "率", "2.37%", "0.24%", "a slip"),),
)


def test_a_report_comes_back_from_json_as_it_was() -> None:
    assert from_plain(json.loads(json.dumps(to_plain(REPORT)))) == REPORT


def test_a_value_keeps_its_type() -> None:
    back = from_plain(json.loads(json.dumps(to_plain(REPORT)))).evidence
    values = [type(entry.figure.value) for entry in back.values() if entry.figure]
    assert values == [Decimal, int, date]

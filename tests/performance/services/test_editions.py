"""The life of a report: written, built as a draft and a proof, published, corrected."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import connection

from gatehouse.kernel.clock import FixedClock
from gatehouse.kernel.errors import ConflictError, ForbiddenError, NotFoundError, RefusedError, UnreadableError
from gatehouse.kernel.figure import Declared, Figure
from gatehouse.kernel.results import Reason
from gatehouse.performance.domain.book import Book, Entry, book
from gatehouse.performance.domain.codec import digest, text_digest
from gatehouse.performance.domain.report import Difference, FigureRun, State
from gatehouse.performance.models import Edition, NarrativePart
from gatehouse.performance.selectors import reports
from gatehouse.performance.selectors.reports import edition_of, narrative_of, report_of
from gatehouse.performance.services.editions import edition_publish, narrative_write, published_value_record
from gatehouse.platform.actors import Actor, ActorKind

pytestmark = pytest.mark.django_db

CLOCK = FixedClock(datetime(2024, 2, 1, 8, tzinfo=UTC))
WRITER = Actor(ActorKind.USER, "writer", frozenset({"performance.read", "performance.record"}))
PUBLISHER = Actor(
    ActorKind.USER, "publisher", frozenset({"performance.read", "performance.record", "performance.publish"})
)
NOBODY = Actor(ActorKind.USER, "nobody", frozenset())
TEXT = "壹、目標\n一、執行率{p.rate:percent}，支用{p.spent:thousands}千元。"


class Records:
    """What the year's book holds: a test changes it as a record behind a figure would."""

    def __init__(self) -> None:
        self.values: dict[str, Decimal | int | None] = {"p.rate": Decimal("0.23748"), "p.spent": 217_000}

    def book(self, year: int, **_: object) -> Book:
        return book(year, [self.entry(id, value) for id, value in self.values.items()])

    def entry(self, id: str, value: Decimal | int | None) -> Entry:
        name = {"zh-hant": {"p.rate": "執行率", "p.spent": "支用"}[id], "en": id}
        if value is None:
            return Entry(id, name, None, {}, Reason("nothing was recorded"))
        return Entry(id, name, Figure(id, value, "", {}, Declared("the agency", date(2024, 1, 31))), {})


@pytest.fixture
def records(monkeypatch: pytest.MonkeyPatch) -> Records:
    found = Records()
    monkeypatch.setattr(reports, "book_of", found.book)
    return found


def write(text: str = TEXT, part: str = "goals", position: int = 1, after: int | None = None) -> int:
    return narrative_write(clock=CLOCK, actor=WRITER, year=112, part=part, position=position, text=text, after=after)


def publish(actor: Actor = PUBLISHER, reason: str = "") -> int:
    return edition_publish(clock=CLOCK, actor=actor, year=112, reason=reason)


def test_each_revision_is_kept_and_the_same_text_again_changes_nothing() -> None:
    assert [write(), write(TEXT + "甲"), write(TEXT + "甲")] == [1, 2, 2]
    assert [part.text for part in narrative_of(112)] == [TEXT + "甲"]
    assert NarrativePart.objects.count() == 2


def test_who_had_an_older_revision_before_them_overwrites_nothing() -> None:
    write()
    write(TEXT + "甲", after=1)
    with pytest.raises(ConflictError, match="somebody else wrote"):
        write(TEXT + "乙", after=1)
    assert [part.text for part in narrative_of(112)] == [TEXT + "甲"]


def test_a_narrative_that_cannot_be_read_is_not_kept() -> None:
    with pytest.raises(UnreadableError, match="line 2: a brace"):
        write("壹、目標\n{p.rate")
    assert NarrativePart.objects.count() == 0


def test_who_may_not_write_or_publish_changes_nothing() -> None:
    with pytest.raises(ForbiddenError):
        narrative_write(clock=CLOCK, actor=NOBODY, year=112, part="goals", position=1, text=TEXT)
    write()
    with pytest.raises(ForbiddenError):
        publish(WRITER)
    assert (NarrativePart.objects.count(), Edition.objects.count()) == (1, 0)


def test_a_missing_figure_stops_the_report_with_its_name_and_a_draft_marks_it(records: Records) -> None:
    write()
    records.values["p.spent"] = None
    with pytest.raises(RefusedError, match=r"these figures are missing: p\.spent"):
        report_of(112, clock=CLOCK, reader=WRITER, state=State.PROOF)
    draft = report_of(112, clock=CLOCK, reader=WRITER, state=State.DRAFT)
    assert draft.missing == ("p.spent",)
    assert set(draft.evidence) == {"p.rate"}


def test_a_figure_that_was_typed_stops_the_report(records: Records) -> None:
    write(TEXT + "另有217千元")
    with pytest.raises(RefusedError, match="typed into the narrative, where a reference belongs: 217"):
        publish()
    assert Edition.objects.count() == 0


def test_who_wrote_the_narrative_does_not_publish_it(records: Records) -> None:
    narrative_write(clock=CLOCK, actor=PUBLISHER, year=112, part="goals", position=1, text=TEXT)
    with pytest.raises(RefusedError, match="somebody else must"):
        publish()
    assert Edition.objects.count() == 0


def test_who_wrote_any_part_as_it_stands_does_not_publish_it(records: Records) -> None:
    narrative_write(clock=CLOCK, actor=PUBLISHER, year=112, part="goals", position=1, text=TEXT)
    write("貳、其他", part="others", position=2)
    with pytest.raises(RefusedError, match="somebody else must"):
        publish()
    assert Edition.objects.count() == 0
    write(TEXT + "甲")
    assert publish() == 1


def test_a_published_edition_does_not_change_when_a_record_does(records: Records) -> None:
    write()
    assert publish() == 1
    published = edition_of(112)
    records.values["p.spent"] = 218_000
    assert edition_of(112) == published
    assert published is not None
    assert [run.printed for run in published.figure_runs()] == ["0.24%", "217"]
    now = report_of(112, clock=CLOCK, reader=WRITER, state=State.PROOF)
    assert now.figure_runs()[1] == FigureRun("p.spent", "thousands", "218", was="217")


def test_a_later_edition_shows_both_values_of_what_changed(records: Records) -> None:
    write()
    publish()
    with pytest.raises(RefusedError, match="says why"):
        publish()
    with pytest.raises(RefusedError, match="nothing changed since edition 1"):
        publish(reason="to be sure")
    records.values["p.spent"] = 218_000
    assert publish(reason="a payment was entered late") == 2
    second = edition_of(112)
    assert second is not None
    [erratum] = second.errata
    assert (erratum.name, erratum.was, erratum.now, erratum.reason) == (
        "支用", "217", "218", "a payment was entered late",
    )  # fmt: skip
    assert digest(second) == Edition.objects.get(number=2).digest
    first = edition_of(112, 1)
    assert first is not None
    assert (first.errata, [run.printed for run in first.figure_runs()]) == ((), ["0.24%", "217"])


def test_what_a_report_made_elsewhere_printed_is_listed_where_it_differs(records: Records) -> None:
    write()
    for figure, style, printed in (("p.rate", "percent", "2.37%"), ("p.spent", "thousands", "217")):
        published_value_record(
            clock=CLOCK, actor=WRITER, year=112, figure=figure, style=style, printed=printed, source="paper", note={}
        )
    report = report_of(112, clock=CLOCK, reader=WRITER, state=State.PROOF)
    assert report.differences == (Difference("p.rate", "執行率", "2.37%", "0.24%", ""),)
    with pytest.raises(ConflictError, match=r"recorded as printed 2\.37%"):
        published_value_record(
            clock=CLOCK, actor=WRITER, year=112, figure="p.rate", style="percent", printed="2%", source="x", note={}
        )


def test_each_act_leaves_a_leaf(records: Records) -> None:
    write()
    publish()
    with connection.cursor() as cursor:
        cursor.execute("SELECT body::jsonb->>'action' FROM audit_leaf")
        actions = sorted(action for (action,) in cursor.fetchall())
    assert actions == ["performance.edition_publish", "performance.narrative_write"]


def test_a_year_without_a_narrative_has_no_report(records: Records) -> None:
    with pytest.raises(NotFoundError, match="no narrative of the year 112"):
        report_of(112, clock=CLOCK, reader=WRITER, state=State.DRAFT)


def test_an_edition_that_prints_nothing_new_is_refused_also_after_a_correction(records: Records) -> None:
    write()
    publish()
    records.values["p.spent"] = 218_000
    assert publish(reason="a payment was missing") == 2
    with pytest.raises(RefusedError, match="nothing changed since edition 2"):
        publish(reason="again")
    assert Edition.objects.count() == 2


def test_an_edition_prints_what_its_publisher_was_shown_or_is_not_published(records: Records) -> None:
    write()
    proof = report_of(112, clock=CLOCK, reader=PUBLISHER, state=State.PROOF)
    records.values["p.spent"] = 218_000
    with pytest.raises(ConflictError, match="changed since you looked"):
        edition_publish(clock=CLOCK, actor=PUBLISHER, year=112, seen=text_digest(proof))
    assert Edition.objects.count() == 0
    records.values["p.spent"] = 217_000
    assert edition_publish(clock=CLOCK, actor=PUBLISHER, year=112, seen=text_digest(proof)) == 1

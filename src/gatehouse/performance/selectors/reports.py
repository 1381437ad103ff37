"""The report of a year: the narrative as it stands, the book, what was published before."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field

from gatehouse.kernel.clock import Clock
from gatehouse.kernel.errors import NotFoundError, RefusedError
from gatehouse.performance.domain.assembling import sections_of
from gatehouse.performance.domain.book import Book, Entry
from gatehouse.performance.domain.codec import from_plain
from gatehouse.performance.domain.narrative import typed_figures
from gatehouse.performance.domain.printing import printed
from gatehouse.performance.domain.report import Difference, Erratum, FigureRun, Report, Section, State
from gatehouse.performance.domain.years import period_of
from gatehouse.performance.models import Edition, NarrativePart, PublishedValue
from gatehouse.performance.selectors.book import book_of
from gatehouse.performance.selectors.measuring import HOUSE
from gatehouse.performance.selectors.plans import plans_of
from gatehouse.platform.actors import Actor
from gatehouse.platform.profile import Row, profile

Printed = Mapping[tuple[str, str], str]


class ReportForm(Row):
    """What the profile says of the agency's reports.

    The title holds `{agency}` and `{year}`, its calendar's year. `language` is the BCP 47 tag, with its region, of the
    language that reports are written in: the first of the agency's. `fonts` are the typefaces of the formats that
    people edit, in the order of preference. `terms` are the units of figures, and the kinds, states and channels of
    records, as the house writes them, in the languages of the agency.
    """

    title: str
    language: str = Field(pattern=r"^[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?$")
    fonts: tuple[Annotated[str, Field(pattern=r"^[\w -]+$")], ...] = Field(min_length=1)
    terms: dict[str, dict[str, str]] = Field(default_factory=dict)


def report_form() -> ReportForm:
    return profile().read("performance/report.yaml", ReportForm)


def narrative_of(year: int) -> list[NarrativePart]:
    """The latest revision of each part of a year's narrative, in the order of the report."""
    latest = NarrativePart.objects.filter(year=year).order_by("part", "-revision").distinct("part")
    return sorted(latest, key=lambda part: (part.position, part.part))


def year_is_on_record(year: int) -> bool:
    """Whether a year has a narrative, or a plan runs in it. Raises `UnreadableError` for a year of another calendar."""
    period_of(year, profile().agency.calendar)
    return NarrativePart.objects.filter(year=year).exists() or bool(plans_of(year, reader=HOUSE))


def text_is_known(year: int, part: str, text: str) -> bool:
    """Whether some revision of a part, not only the latest, is this text."""
    return NarrativePart.objects.filter(year=year, part=part, text=text).exists()


def writers_of(year: int) -> list[str]:
    """Who wrote the parts of a year's narrative as they stand, the latest last. Raises `NotFoundError` without one."""
    parts = sorted(narrative_of(year), key=lambda part: (part.written_at, part.id))
    if not parts:
        raise NotFoundError("there is no narrative of the year %(year)s", year=year)
    return [part.written_by for part in parts]


def edition_of(year: int, number: int | None = None) -> Report | None:
    """A published edition as it was, the latest where no number is given; None where there is none.

    Raises `UnreadableError` for a year of another calendar.
    """
    period_of(year, profile().agency.calendar)
    found = Edition.objects.filter(year=year, **({"number": number} if number else {})).order_by("-number").first()
    return from_plain(found.report) if found else None


def editions_of(year: int) -> list[Edition]:
    """The published editions of a year, the latest first."""
    return list(Edition.objects.filter(year=year).order_by("-number"))


def report_of(
    year: int, *, clock: Clock, reader: Actor, state: State, edition: int | None = None, reason: str = ""
) -> Report:
    """The report as the records stand now: a draft, a proof, or what is about to be published.

    Raises `ForbiddenError`; `NotFoundError` without a narrative; `UnreadableError` where it cannot be read or the year
    is one of another calendar; and unless a draft is asked for, `RefusedError` that names each missing figure, or each
    one that was typed into the narrative.
    """
    reader.require("performance.read")
    period_of(year, profile().agency.calendar)
    texts = tuple(part.text for part in narrative_of(year))
    if not texts:
        raise NotFoundError("there is no narrative of the year %(year)s", year=year)
    book = book_of(year, clock=clock, reader=reader)
    before = edition_of(year)
    last_printed = _printed(before) if before else {}
    sections = sections_of(texts, book, before=last_printed)
    report = Report(
        year=year,
        agency=_text(profile().agency.name),
        title=report_form().title.format(agency=_text(profile().agency.name), year=year),
        state=state,
        edition=edition or (before.edition + 1 if before else 1),
        as_of=clock.now(),
        sections=sections,
        evidence=_evidence(sections, book),
        errata=((*before.errata, *_errata(before, sections, book, reason, clock)) if before else ()),
        differences=_differences(year, book),
    )
    if state is not State.DRAFT:
        _require_whole(report, texts)
    return report


def _require_whole(report: Report, texts: tuple[str, ...]) -> None:
    if report.missing:
        raise RefusedError("these figures are missing: %(names)s", names=", ".join(report.missing))
    typed = [figure for text in texts for figure in typed_figures(text)]
    if typed:
        raise RefusedError(
            "these figures were typed into the narrative, where a reference belongs: %(figures)s",
            figures=", ".join(typed),
        )


def _printed(report: Report) -> Printed:
    return {(run.figure, run.style): run.printed for run in report.figure_runs() if run.printed is not None}


def _evidence(sections: tuple[Section, ...], book: Book) -> dict[str, Entry]:
    """The entries that the text refers to, and those that they were calculated from."""
    wanted = [run.figure for section in sections for run in section.runs() if isinstance(run, FigureRun)]
    found: dict[str, Entry] = {}
    while wanted:
        id = wanted.pop(0)
        entry = book.get(id)
        if id in found or entry is None or entry.figure is None:
            continue
        found[id] = entry
        wanted.extend(entry.parts)
    return found


def _errata(
    before: Report, sections: tuple[Section, ...], book: Book, reason: str, clock: Clock
) -> tuple[Erratum, ...]:
    runs = {
        (run.figure, run.style): run
        for section in sections
        for run in section.runs()
        if isinstance(run, FigureRun) and run.was is not None and run.printed is not None
    }
    return tuple(
        Erratum(
            figure=run.figure,
            name=_text(book[run.figure].name),
            was=run.was or "",
            now=run.printed or "",
            reason=reason,
            on=profile().agency.day(clock.now()),
        )
        for run in runs.values()
    )


def _differences(year: int, book: Book) -> tuple[Difference, ...]:
    """Where a report that was made elsewhere printed something else."""
    found = []
    for value in PublishedValue.objects.filter(year=year).order_by("figure", "style"):
        entry = book.get(value.figure)
        if entry is None or entry.figure is None:
            continue
        computed = printed(entry, value.style)
        if computed != value.printed:
            name, reason = _text(entry.name), _text(value.note) if value.note else ""
            found.append(Difference(value.figure, name, value.printed, computed, reason))
    return tuple(found)


def _text(text: Mapping[str, str]) -> str:
    """A text of the profile in the language that reports are written in."""
    return text.get(profile().agency.languages[0]) or next(iter(text.values()))

"""A report as it stands on paper, in the agency's words: what all formats set, each with its own means."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

from gatehouse.kernel.results import Reason
from gatehouse.performance.domain.codec import digest
from gatehouse.performance.domain.report import (
    Block,
    FigureRun,
    Paragraph,
    Report,
    Run,
    Section,
    State,
    Table,
    Words,
)
from gatehouse.performance.rendering.evidence import Evidence, evidence_of
from gatehouse.performance.rendering.manner import Manner, clean, texts


@dataclass(frozen=True, slots=True)
class Piece:
    """Text in one manner. `opens` is the number of the evidence behind it, `place` its own number to return to."""

    text: str
    opens: int | None = None
    place: int | None = None
    missing: bool = False


Pieces = tuple[Piece, ...]
#: Languages written without spaces, in which a line may end after any character.
_NO_SPACES = frozenset({"zh", "ja"})


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph; one that opens a section without a title carries the section's number."""

    level: int
    number: str
    pieces: Pieces


@dataclass(frozen=True, slots=True)
class Title:
    """The heading of a section. `level` is that of its number, which says how it is printed; `depth` is its place among
    the headings, from 1 and never more than one deeper than the one before. `runs_in` says that the paragraph after it
    goes on in its line.
    """

    level: int
    depth: int
    number: str
    pieces: Pieces
    runs_in: bool


@dataclass(frozen=True, slots=True)
class Grid:
    """A table within a section of `level`. `caption` names the sections that it stands in."""

    level: int
    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Pieces, ...], ...]


Part = Text | Title | Grid


@dataclass(frozen=True, slots=True)
class Listing:
    """A list that ends the report: its heading and a table of plain text.

    `widths` are the shares of the columns on paper; all alike where it is empty.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Paper:
    """`mark` is what a report that is not published says of itself; `about` are facts of the report by their labels.

    `as_of` is in UTC, to the second: what the files give as the day they were made.
    """

    tag: str
    language: str
    region: str
    fonts: tuple[str, ...]
    title: str
    agency: str
    edition: str
    as_of: datetime
    mark: str
    missing: tuple[str, ...]
    about: tuple[tuple[str, str], ...]
    parts: tuple[Part, ...]
    listings: tuple[Listing, ...]
    evidence: tuple[Evidence, ...]
    words: dict[str, str]

    @property
    def latin(self) -> tuple[str, str]:
        """Language and region of what is in Latin letters and digits: a program that took 112 in a Chinese text for
        Chinese would break the line within it. The region is empty where it does not matter."""
        return ("en", "") if self.language in _NO_SPACES else (self.language, self.region)

    @property
    def grids(self) -> tuple[Grid, ...]:
        return tuple(part for part in self.parts if isinstance(part, Grid))


_WORDS = {
    "evidence": Reason("Evidence of the figures"),
    "about": Reason("About this report"),
    "back": Reason("Back to the text"),
    "skip": Reason("Skip to the text"),
    "records": Reason("The records behind it"),
    "missing": Reason("Figures that are missing"),
    "contents": Reason("Contents"),
    "table": Reason("Table"),
    "figures": Reason("Figures"),
    "caption": Reason("Caption"),
    "record": Reason("Record"),
    "what": Reason("What it says"),
    "value": Reason("Value"),
    "source": Reason("Source"),
    "number": Reason("No."),
    "name": Reason("Name"),
    "printed": Reason("As printed"),
    "unit": Reason("Unit"),
}
_MARKS = {
    State.DRAFT: Reason("Draft: not for publication"),
    State.PROOF: Reason("Proof: not published yet"),
    State.PUBLISHED: None,
}
_STATES = {State.DRAFT: Reason("draft"), State.PROOF: Reason("proof"), State.PUBLISHED: Reason("published")}


def paper_of(report: Report, manner: Manner) -> Paper:
    """The report in words, the same for every format."""
    say = manner.say
    numbers = {id: number for number, id in enumerate(report.evidence, 1)}
    setting = _Setting(manner, numbers)
    parts = tuple(part for section in report.sections for part in setting.section(section, (), 1))
    mark = _MARKS[report.state]
    return Paper(
        tag=manner.tag,
        language=manner.language,
        region=manner.region,
        fonts=manner.fonts,
        title=clean(report.title),
        agency=clean(report.agency),
        edition=clean(
            say(
                Reason(
                    "Edition %(number)s, as of %(moment)s",
                    number=str(report.edition),
                    moment=manner.moment(report.as_of),
                )
            )
        ),
        as_of=report.as_of.astimezone(UTC).replace(microsecond=0),
        mark=clean(say(mark)) if mark else "",
        missing=tuple(clean(name) for name in report.missing),
        about=tuple(_about(report, manner)),
        parts=parts,
        listings=tuple(_listings(report, manner)),
        evidence=evidence_of(report, numbers, setting.printed, setting.places, manner),
        words=texts(_WORDS, manner),
    )


@dataclass(slots=True)
class _Setting:
    """Sets the text in order and keeps where each figure stands in it and what is printed of it."""

    manner: Manner
    numbers: dict[str, int]
    count: int = 0
    places: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    printed: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def section(self, section: Section, above: tuple[str, ...], depth: int) -> Iterator[Part]:
        number = clean(section.number)
        first, *rest = section.blocks or (None,)
        title = self.pieces(section.title)
        if title:
            runs_in = section.level > 2 and isinstance(first, Paragraph)
            yield Title(section.level, depth, number, title, runs_in)
            depth += 1
            if section.level > 1:
                above = (*above, "".join(piece.text for piece in title).rstrip("：:"))
        elif isinstance(first, Paragraph):
            yield Text(section.level, number, self.pieces(first.runs))
            first = None
        else:
            yield Text(section.level, number, ())
        for block in (first, *rest):
            if block is not None:
                yield from self.block(block, section.level, above, depth)

    def block(self, block: Block, level: int, above: tuple[str, ...], depth: int) -> Iterator[Part]:
        match block:
            case Paragraph():
                yield Text(level, "", self.pieces(block.runs))
            case Table():
                rows = tuple(tuple(self.pieces(cell) for cell in row) for row in block.rows)
                caption = "－".join(above) or clean(block.caption)
                yield Grid(level, caption, tuple(clean(column) for column in block.columns), rows)
            case Section():
                yield from self.section(block, above, depth)

    def pieces(self, runs: tuple[Run, ...]) -> Pieces:
        return tuple(piece for run in runs for piece in self.run(run))

    def run(self, run: Run) -> Iterator[Piece]:
        say = self.manner.say
        if isinstance(run, Words):
            yield Piece(clean(run.text))
        elif run.printed is None:
            yield Piece(clean(say(Reason("[missing: %(name)s]", name=run.figure))), missing=True)
        else:
            yield self.figure(run, run.printed)
            if run.was is not None:
                yield Piece(clean(say(Reason("(before the correction: %(value)s)", value=run.was))))

    def figure(self, run: FigureRun, printed: str) -> Piece:
        self.count += 1
        self.places[run.figure].append(self.count)
        if printed not in self.printed[run.figure]:
            self.printed[run.figure].append(printed)
        return Piece(clean(printed), self.numbers.get(run.figure), self.count)


def _about(report: Report, manner: Manner) -> Iterator[tuple[str, str]]:
    say = manner.say
    yield say(Reason("Agency")), clean(report.agency)
    yield say(Reason("Year")), str(report.year)
    yield say(Reason("State")), say(_STATES[report.state])
    yield say(Reason("Edition")), str(report.edition)
    yield say(Reason("As of")), manner.moment(report.as_of)
    yield say(Reason("Digest (SHA-256)")), digest(report)


def _listings(report: Report, manner: Manner) -> Iterator[Listing]:
    say = manner.say
    figure, reason = say(Reason("Figure")), say(Reason("Reason"))
    if report.errata:
        yield Listing(
            say(Reason("Corrections to earlier editions")),
            (figure, say(Reason("Before")), say(Reason("Now")), say(Reason("Corrected on")), reason),
            tuple(
                tuple(map(clean, (each.name, each.was, each.now, manner.day(each.on), each.reason)))
                for each in report.errata
            ),
        )
    if report.differences:
        yield Listing(
            say(Reason("Differences from what was published elsewhere")),
            (figure, say(Reason("Published elsewhere")), say(Reason("In this report")), reason),
            tuple(
                tuple(map(clean, (each.name, each.published, each.computed, each.reason)))
                for each in report.differences
            ),
        )

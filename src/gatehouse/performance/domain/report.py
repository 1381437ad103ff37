"""The report as a typed model: what every format is rendered from. It holds no query and no style.

Sections stand as in the form of the agency's reports: 壹 goals of the year, 貳 plans, 參 results for each goal,
肆 others.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from gatehouse.performance.domain.book import Entry


class State(StrEnum):
    """A draft may lack figures; a proof is whole, but nobody published it yet; what is published is frozen."""

    DRAFT = "draft"
    PROOF = "proof"
    PUBLISHED = "published"


@dataclass(frozen=True, slots=True)
class Words:
    """Text of the narrative as it was written."""

    text: str


@dataclass(frozen=True, slots=True)
class FigureRun:
    """A figure in the text or in a table: what is printed, and whose evidence it opens.

    `style` is how it is printed, one of `printing.STYLES` or `DATE_STYLES`; `printed` is None where the figure is
    missing (only a draft may hold such a run); `was` is what the edition before printed, where an erratum corrected it.
    """

    figure: str
    style: str
    printed: str | None
    was: str | None = None


Run = Words | FigureRun
Runs = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    runs: Runs


@dataclass(frozen=True, slots=True)
class Table:
    """`columns` are the headings; each row has as many cells. `caption` is read out where the format can."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Runs, ...], ...]

    def __post_init__(self) -> None:
        if any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError("a row has as many cells as the table has columns")


@dataclass(frozen=True, slots=True)
class Section:
    """`level` 1 is 壹, 2 is 一, 3 is (一), 4 is 1., 5 is (1); `number` is that numeral with its punctuation as printed.

    A section with no title is a numbered paragraph: its first block follows the number on the same line.
    """

    level: int
    number: str
    title: Runs
    blocks: tuple[Block, ...]

    def runs(self) -> Runs:
        """Each run of the title and of everything inside, in the order of the text."""
        return self.title + tuple(run for inner in self.blocks for run in _runs(inner))


Block = Paragraph | Table | Section


@dataclass(frozen=True, slots=True)
class Erratum:
    """A correction of a published edition, with both values."""

    figure: str
    name: str
    was: str
    now: str
    reason: str
    on: date


@dataclass(frozen=True, slots=True)
class Difference:
    """Where this report differs from what was published elsewhere for the same year, with both values."""

    figure: str
    name: str
    published: str
    computed: str
    reason: str


@dataclass(frozen=True, slots=True)
class Report:
    """A report of one year. `evidence` holds an entry for each figure that a run names and that has a value."""

    year: int
    agency: str
    title: str
    state: State
    edition: int
    as_of: datetime
    sections: tuple[Section, ...]
    evidence: Mapping[str, Entry]
    errata: tuple[Erratum, ...] = ()
    differences: tuple[Difference, ...] = ()

    @property
    def missing(self) -> tuple[str, ...]:
        """The figures that are referred to and have no value, in the order of the text."""
        names = (run.figure for run in self.figure_runs() if run.printed is None)
        return tuple(dict.fromkeys(names))

    def figure_runs(self) -> tuple[FigureRun, ...]:
        """Each figure in the order of the text."""
        return tuple(run for section in self.sections for run in section.runs() if isinstance(run, FigureRun))


def _runs(block: Block) -> tuple[Run, ...]:
    if isinstance(block, Paragraph):
        return block.runs
    if isinstance(block, Table):
        return tuple(run for row in block.rows for cell in row for run in cell)
    return block.runs()

"""The report from its narrative and the book of the year: the same function for a draft, a proof and an edition."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from gatehouse.kernel.errors import UnreadableError
from gatehouse.performance.domain.book import Book
from gatehouse.performance.domain.narrative import Heading, Line, Rows, TextLine, parse
from gatehouse.performance.domain.printing import printed
from gatehouse.performance.domain.report import Block, FigureRun, Paragraph, Run, Runs, Section, Table, Words


def sections_of(
    texts: tuple[str, ...], book: Book, *, before: Mapping[tuple[str, str], str] | None = None
) -> tuple[Section, ...]:
    """The sections of all parts of a narrative in their order.

    `before` is what the edition before printed, by figure and style: a run that prints something else now shows both.
    A figure that the book does not hold, or that has no value there, is a run without text.
    Raises `UnreadableError` for a narrative that cannot be read, that begins outside a section, or a style that does
    not fit its figure.
    """
    setting = _Setting(book, before or {})
    stack = [_Open(Heading(0, "", ()))]
    for element in (element for text in texts for element in parse(text)):
        if isinstance(element, Heading):
            _close(stack, element.level, setting)
            stack.append(_Open(element))
        elif len(stack) == 1:
            raise UnreadableError("the narrative begins outside a section: it needs a heading such as 壹、")
        else:
            stack[-1].blocks.append(setting.block(element))
    _close(stack, 1, setting)
    return tuple(block for block in stack[0].blocks if isinstance(block, Section))


@dataclass(slots=True)
class _Open:
    """A section that is still being read."""

    heading: Heading
    blocks: list[Block] = field(default_factory=list)


def _close(stack: list[_Open], level: int, setting: _Setting) -> None:
    """Close every section of `level` or below it, each into the one it stands in."""
    while stack[-1].heading.level >= level:
        done = stack.pop()
        section = Section(done.heading.level, done.heading.number, setting.runs(done.heading.title), tuple(done.blocks))
        stack[-1].blocks.append(section)


@dataclass(frozen=True, slots=True)
class _Setting:
    """Sets words and references as runs."""

    book: Book
    before: Mapping[tuple[str, str], str]

    def block(self, element: TextLine | Rows) -> Block:
        if isinstance(element, TextLine):
            return Paragraph(self.runs(element.parts))
        rows = tuple(tuple(self.runs(cell) for cell in row) for row in element.cells)
        return Table(caption="、".join(element.headings), columns=element.headings, rows=rows)

    def runs(self, line: Line) -> Runs:
        return tuple(Words(part) if isinstance(part, str) else self.run(part.id, part.style) for part in line)

    def run(self, id: str, style: str) -> Run:
        entry = self.book.get(id)
        if entry is None or entry.figure is None:
            return FigureRun(id, style, None)
        now = printed(entry, style)
        was = self.before.get((id, style))
        return FigureRun(id, style, now, was if was != now else None)

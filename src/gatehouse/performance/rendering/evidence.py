"""What a figure rests on, line by line, as a reader of the report is shown it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from gatehouse.kernel.figure import Computed, Declared, Documented, Figure
from gatehouse.kernel.results import Reason
from gatehouse.performance.domain.achievement import OF_TARGET, WORDS
from gatehouse.performance.domain.book import Entry, Value
from gatehouse.performance.domain.report import Report
from gatehouse.performance.rendering.manner import Manner, clean

KINDS = {
    Computed.kind: Reason("computed from records"),
    Documented.kind: Reason("read from a document"),
    Declared.kind: Reason("declared"),
}
_UNITS = {unit.value: word for unit, word in WORDS.items()} | {OF_TARGET: Reason("percent of the target")}


@dataclass(frozen=True, slots=True)
class Line:
    """A fact of the evidence. `code` says that it is for machines, such as a query or a digest."""

    label: str
    text: str
    code: bool = False


@dataclass(frozen=True, slots=True)
class Record:
    id: str
    what: str
    value: str
    source: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """What stands behind one figure. `places` are the numbers of the places in the text that print it, `parts` the
    numbers of the evidence that it was calculated from. `value` is exact.
    """

    number: int
    id: str
    name: str
    printed: tuple[str, ...]
    value: Value
    unit: str
    lines: tuple[Line, ...]
    parts_label: str
    parts: tuple[int, ...]
    records: tuple[Record, ...]
    places: tuple[int, ...]


def evidence_of(
    report: Report,
    numbers: Mapping[str, int],
    printed: Mapping[str, list[str]],
    places: Mapping[str, list[int]],
    manner: Manner,
) -> tuple[Evidence, ...]:
    """The evidence of every figure of the report, in the order of its numbers."""
    return tuple(
        _evidence(
            report.evidence[id],
            manner,
            number=number,
            printed=tuple(map(clean, printed.get(id, ()))),
            places=tuple(places.get(id, ())),
            parts=tuple(numbers[part] for part in report.evidence[id].parts if part in numbers),
        )
        for id, number in numbers.items()
    )


def lines_of(entry: Entry, printed: tuple[str, ...], manner: Manner) -> tuple[Line, ...]:
    """What stands behind an entry, fact by fact; of one that is missing why it is."""
    return tuple(
        Line(clean(manner.say(label)), clean(text), code)
        for label, text, code in _lines(entry, tuple(map(clean, printed)), manner)
        if text
    )


def unit_of(figure: Figure, manner: Manner) -> str:
    """The unit of a figure in words."""
    word = _UNITS.get(figure.unit)
    return clean(manner.say(word)) if word else manner.term(figure.unit)


def _evidence(
    entry: Entry,
    manner: Manner,
    *,
    number: int,
    printed: tuple[str, ...],
    places: tuple[int, ...],
    parts: tuple[int, ...],
) -> Evidence:
    assert entry.figure is not None  # noqa: S101 (a report's evidence holds nothing else)
    return Evidence(
        number=number,
        id=clean(entry.id),
        name=manner.text(entry.name) or clean(entry.id),
        printed=printed,
        value=entry.figure.value,
        unit=unit_of(entry.figure, manner),
        lines=lines_of(entry, printed, manner),
        parts_label=clean(manner.say(Reason("Calculated from"))),
        parts=parts,
        records=tuple(
            Record(
                clean(line.id),
                manner.recorded(manner.text(line.what)),
                manner.recorded(line.value),
                manner.term(line.source),
            )
            for line in entry.records
        ),
        places=places,
    )


def _lines(entry: Entry, printed: tuple[str, ...], manner: Manner) -> Iterator[tuple[Reason, str, bool]]:
    figure = entry.figure
    yield Reason("Figure"), entry.id, True
    if figure is None:
        yield Reason("Definition"), manner.text(entry.definition), False
        if entry.missing is not None:
            yield Reason("Reason"), manner.say(entry.missing), False
        return
    evidence = figure.evidence
    yield Reason("As printed"), "、".join(printed) if manner.language == "zh" else ", ".join(printed), False
    yield Reason("Value"), manner.value(figure.value), False
    yield Reason("Unit"), unit_of(figure, manner), False
    yield Reason("Kind"), manner.say(KINDS[evidence.kind]), False
    yield Reason("Definition"), manner.text(entry.definition), False
    match evidence:
        case Computed():
            yield from _computed(evidence, manner)
        case Documented():
            yield Reason("Source document"), evidence.source, False
            yield Reason("Page"), str(evidence.page), False
            yield Reason("Digest (SHA-256)"), evidence.digest, True
            first, second = (name.removeprefix("user:") for name in evidence.confirmed_by)
            yield Reason("Confirmed by"), manner.say(Reason("%(one)s and %(two)s", one=first, two=second)), False
        case Declared():
            yield Reason("Declared by"), evidence.owner, False
            yield Reason("Declared on"), manner.day(evidence.on), False
    if entry.target is not None:
        yield Reason("Target"), manner.value(entry.target), False
    for note in entry.notes:
        yield Reason("Note"), manner.say(note), False


def _computed(evidence: Computed, manner: Manner) -> Iterator[tuple[Reason, str, bool]]:
    begin, end = evidence.period
    both = Reason("%(begin)s to %(end)s", begin=manner.day(begin), end=manner.day(end))
    query = json.dumps(evidence.query, ensure_ascii=False, sort_keys=True, default=str)
    yield Reason("Version"), str(evidence.version), False
    yield Reason("Query"), query, True
    yield Reason("Period"), manner.say(both), False
    yield Reason("As of"), manner.moment(evidence.as_of), False
    yield Reason("Records read"), f"{evidence.records:,}", False
    yield Reason("Digest (SHA-256)"), evidence.digest, True

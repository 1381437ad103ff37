"""What was counted for an indicator, and the entries of the book that come of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from gatehouse.kernel.figure import Computed, Declared, Figure, digest_of
from gatehouse.kernel.results import Reason
from gatehouse.performance.domain.achievement import OF_TARGET, Achievement, Quantity, Unit, achievement, decimal_of
from gatehouse.performance.domain.book import Entry, RecordLine, Text, reconstruction
from gatehouse.performance.domain.definitions import Direction, Version, Word, plain
from gatehouse.performance.domain.drawing import joined

#: Names of the parts that stand beside an availability.
COVERAGE, LOWER_BOUND, AMENDED = "coverage", "lower-bound", "amended"


@dataclass(frozen=True, slots=True)
class Counted:
    """Two whole numbers of one kind: milliseconds of devices, or people."""

    numerator: int
    denominator: int

    @property
    def percent(self) -> Fraction:
        return Fraction(100 * self.numerator, self.denominator)


@dataclass(frozen=True, slots=True)
class Measured:
    """The count over a period, with what it was read from. No denominator is 0.

    `parts` are the same definition over part of the records or another reading of them, by name; `buckets` the
    milliseconds of devices by state; `months` the count of each month that has records; `devices` those that were
    measured.
    """

    whole: Counted
    records: int
    digest: str
    #: How many of the records were made up to add up to a known total.
    reconstructed: int = 0
    first: tuple[RecordLine, ...] = ()
    parts: Mapping[str, Counted] = field(default_factory=dict)
    buckets: Mapping[str, int] = field(default_factory=dict)
    months: tuple[tuple[date, Counted], ...] = ()
    devices: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Target:
    """What a plan set out to reach in a year, in percent of what the indicator counts."""

    plan: str
    value: Decimal
    unit: Unit
    source: str
    owner: str
    on: date


@dataclass(frozen=True, slots=True)
class Setting:
    """What the entries of one indicator and year share."""

    id: str
    version: Version
    year: int
    period: tuple[date, date]
    as_of: datetime
    words: Mapping[str, Word]

    def computed(self, definition: Text, query: Mapping[str, Any], digest: str, records: int) -> Computed:
        return Computed(
            definition=definition["en"],
            version=self.version.version,
            query=query,
            period=self.period,
            as_of=self.as_of,
            digest=digest,
            records=records,
        )

    def figure(self, id: str, value: Fraction, evidence: Computed, unit: str | None = None) -> Figure:
        return Figure(id, decimal_of(value), unit or self.version.unit.value, {"year": str(self.year)}, evidence)

    def named(self, part: str, suffix: str = "") -> Text:
        word = self.words[part].name
        return joined(self.version.name, {code: f"{word[code]}{suffix}" for code in self.version.name})


def entries(
    setting: Setting, measured: Measured | Reason, target: Target | None, notes: tuple[Reason, ...] = ()
) -> tuple[Entry, ...]:
    """The value, its parts, the target and the achievement, as printed and as divided.

    Ids are the indicator's, and below it `target`, `achievement`, `achievement-raw` and the names of the parts. Where
    nothing was measured the value and the achievement are missing and say why: never 0, never 100%.
    """
    return (
        _value(setting, measured, target, notes),
        *(_parts(setting, measured) if isinstance(measured, Measured) else ()),
        *(_against(setting, measured, target) if target else ()),
    )


def _value(setting: Setting, measured: Measured | Reason, target: Target | None, notes: tuple[Reason, ...]) -> Entry:
    version = setting.version
    common: dict[str, Any] = {
        "id": setting.id,
        "name": version.name,
        "definition": version.formula,
        "target": target.value if target else None,
        "less_is_better": version.direction is Direction.LESS,
    }
    if isinstance(measured, Reason):
        return Entry(**common, figure=None, missing=measured)
    return Entry(
        **common,
        figure=setting.figure(setting.id, measured.whole.percent, _evidence(setting, measured, version.formula)),
        records=measured.first,
        notes=(
            *notes,
            *_doubts(measured, target, less_is_better=common["less_is_better"]),
            *reconstruction(measured.reconstructed, measured.records),
        ),
        parts=tuple(f"{setting.id}.{name}" for name in measured.parts),
    )


def _doubts(measured: Measured, target: Target | None, *, less_is_better: bool) -> Iterator[Reason]:
    least = measured.parts.get(LOWER_BOUND)
    if not target or not least:
        return
    value, worst, aim = measured.whole.percent, least.percent, Fraction(target.value)
    if (value <= aim < worst) if less_is_better else (worst < aim <= value):
        yield Reason("the target is not reached where unknown time counts as down")


def _evidence(setting: Setting, measured: Measured, definition: Text, **query: Any) -> Computed:
    version = setting.version
    both = {"numerator": plain(version.numerator), "denominator": plain(version.denominator), **query}
    return setting.computed(definition, both, measured.digest, measured.records)


def _parts(setting: Setting, measured: Measured) -> Iterator[Entry]:
    for part, counted in measured.parts.items():
        id = f"{setting.id}.{part}"
        word = part if part in setting.words else "port"
        evidence = _evidence(setting, measured, setting.words[word].definition, part=part)
        yield Entry(
            id=id,
            name=setting.named(word, "" if word == part else " " + part.upper()),
            figure=setting.figure(id, counted.percent, evidence),
            definition=setting.words[word].definition,
        )


def _against(setting: Setting, measured: Measured | Reason, target: Target) -> Iterator[Entry]:
    yield _target(setting, target)
    rate = measured if isinstance(measured, Reason) else _rate(setting.version, measured, target)
    digest = "" if isinstance(measured, Reason) else measured.digest
    for part in ("achievement", "achievement-raw"):
        common: dict[str, Any] = {
            "id": f"{setting.id}.{part}",
            "name": setting.named(part),
            "definition": setting.words[part].definition,
            "target": Decimal(100),
            "parts": (setting.id, f"{setting.id}.target"),
        }
        if isinstance(rate, Reason):
            yield Entry(**common, figure=None, missing=rate)
        else:
            value = rate.printed if part == "achievement" else rate.raw
            evidence = _divided(setting, digest, target, common["definition"])
            yield Entry(**common, figure=setting.figure(common["id"], value, evidence, OF_TARGET))


def _target(setting: Setting, target: Target) -> Entry:
    id = f"{setting.id}.target"
    labels = {"year": str(setting.year), "plan": target.plan}
    figure = Figure(id, target.value, target.unit.value, labels, Declared(target.owner, target.on))
    line = RecordLine(target.plan, setting.version.name, f"{target.value}%", target.source)
    definition = setting.words["target"].definition
    return Entry(id=id, name=setting.named("target"), figure=figure, definition=definition, records=(line,))


def _rate(version: Version, measured: Measured, target: Target) -> Achievement | Reason:
    actual, aim = Quantity(measured.whole.percent, version.unit), Quantity(Fraction(target.value), target.unit)
    return achievement(actual, aim, less_is_better=version.direction is Direction.LESS)


def _divided(setting: Setting, digest: str, target: Target, definition: Text) -> Computed:
    """The evidence of a rate: the value, by the digest of its records, and the target."""
    query = {"value": setting.id, "target": f"{setting.id}.target"}
    over, count = digest_of(
        ({"id": query["value"], "digest": digest}, {"id": query["target"], "value": str(target.value)})
    )
    return setting.computed(definition, query, over, count)

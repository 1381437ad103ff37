"""Rules over several events (Sigma Correlation Rules specification 2.1): how many, how many different, in which order.

Windows slide: a window ends at an event and reaches back over the timespan. Windows that found something and overlap
are one alert, with all its events. Conditions that ask for few ("lt", "lte", "eq", "neq") are asked of windows that
begin at an event and follow each other, as every sliding window is small at its beginning.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import inf

from sigma.correlations import (
    CorrelationConditionAND,
    CorrelationConditionNOT,
    CorrelationConditionOR,
    SigmaCorrelationCondition,
    SigmaCorrelationRule,
    SigmaCorrelationType,
    SigmaExtendedCorrelationCondition,
    SigmaRuleReference,
)

from gatehouse.kernel.errors import UnreadableError
from gatehouse.security.domain.events import Event, moment_of
from gatehouse.security.domain.windows import Hit, Together, folded, window_of

_COMPARE: Mapping[str, Callable[[float, float], bool]] = {
    "LT": operator.lt, "LTE": operator.le, "GT": operator.gt, "GTE": operator.ge, "EQ": operator.eq, "NEQ": operator.ne
}  # fmt: skip
_SLIDING = frozenset({"GT", "GTE"})


@dataclass(frozen=True, slots=True)
class Span:
    """Hits from one place to another, both included, and when the first window within was true."""

    begins: int
    ends: int
    true_at: float


@dataclass(frozen=True)
class Correlation:
    id: str
    name: str
    title: str
    author: str
    level: str
    description: str
    kind: str
    #: Ids of the rules whose events are counted, in their order.
    rules: tuple[str, ...]
    seconds: float
    #: Fields whose values part the events into groups, by rule where the rule names one otherwise.
    group_by: tuple[Mapping[str, str], ...]
    compare: str = "GTE"
    count: float = 1
    fields: tuple[str, ...] = ()
    percentile: int = 0
    #: For rules that have to come together: whether these are enough.
    together: Together | None = field(default=None, compare=False)

    @property
    def slides(self) -> bool:
        return self.kind.startswith("temporal") or self.compare in _SLIDING

    def found(self, hits: Sequence[Hit]) -> Iterator[list[Hit]]:
        """Each group of events in which it is true, from hits of its rules in any order."""
        for members in self.groups(hits).values():
            ordered = in_time(members)
            for span in self.spans(ordered):
                yield ordered[span.begins : span.ends + 1]

    def groups(self, hits: Sequence[Hit]) -> dict[tuple[str, ...], list[Hit]]:
        groups: dict[tuple[str, ...], list[Hit]] = {}
        for hit in hits:
            key = self._group(hit)
            if key is not None:
                groups.setdefault(key, []).append(hit)
        return groups

    def spans(self, hits: list[Hit], asked_from: float = -inf) -> Iterator[Span]:
        """Where it is true among hits of one group in order. Windows that end before `asked_from` are not asked."""
        return self._sliding(hits, asked_from) if self.slides else self._following(hits)

    def _group(self, hit: Hit) -> tuple[str, ...] | None:
        """None where the event lacks a field that events are parted by."""
        key = []
        for names in self.group_by:
            value = hit.event.fields.get(names.get(hit.rule, names[""]).lower())
            if value is None:
                return None
            key.append(folded(value))
        return tuple(key)

    def _sliding(self, hits: list[Hit], asked_from: float) -> Iterator[Span]:
        """One walk: what comes is counted in, what is older than the timespan is counted out."""
        window = window_of(self)
        first = 0
        found: Span | None = None
        for last, hit in enumerate(hits):
            window.add(hit)
            while hits[first].at < hit.at - self.seconds:
                window.drop(hits[first])
                first += 1
            if hit.at < asked_from or not self._enough(window.measured(hit.at)):
                continue
            if found is not None and first > found.ends:
                yield found
                found = None
            found = Span(first, last, hit.at) if found is None else Span(found.begins, last, found.true_at)
        if found is not None:
            yield found

    def _following(self, hits: list[Hit]) -> Iterator[Span]:
        first = 0
        while first < len(hits):
            window, last = window_of(self), first
            window.add(hits[first])
            while last + 1 < len(hits) and hits[last + 1].at <= hits[first].at + self.seconds:
                last += 1
                window.add(hits[last])
            if self._enough(window.measured(hits[last].at)):
                yield Span(first, last, hits[last].at)
            first = last + 1

    def _enough(self, measured: float | None) -> bool:
        return measured is not None and _COMPARE[self.compare](measured, self.count)


def in_time(hits: Sequence[Hit]) -> list[Hit]:
    return sorted(hits, key=lambda hit: (hit.at, hit.event.line))


def hits_of(rule: str, events: Sequence[Event]) -> Iterator[Hit]:
    """The events of a rule that say when they happened: the others stand in no window."""
    for event in events:
        at = moment_of(event)
        if at is not None:
            yield Hit(at, rule, event)


def correlation_of(parsed: SigmaCorrelationRule, ids: Mapping[int, str]) -> Correlation:
    """Raises `UnreadableError` where it rests on rules that could not be used, or on other correlations."""
    condition = parsed.condition
    referenced = list(parsed.rules or ()) or list(parsed.referenced_rules)
    names = {}
    for reference in referenced:
        known = ids.get(id(reference.rule))
        if known is None:
            raise UnreadableError("the rule %(name)s, which it counts, cannot be used", name=reference.reference)
        names[reference.reference] = known
    in_words = condition.parsed if isinstance(condition, SigmaExtendedCorrelationCondition) else None
    fields = _listed(condition.fieldref) if isinstance(condition, SigmaCorrelationCondition) else ()
    if in_words is not None and parsed.type is SigmaCorrelationType.TEMPORAL_ORDERED:
        raise UnreadableError("a condition in words has no order: use temporal, or name the rules in their order")
    return Correlation(
        id=str(parsed.id or parsed.name or parsed.title),
        name=parsed.name or "",
        title=parsed.title or "",
        author=parsed.author or "",
        level=parsed.level.name.lower() if parsed.level else "",
        description=parsed.description or "",
        kind=parsed.type.name.lower(),
        rules=tuple(names.values()),
        seconds=float(parsed.timespan.seconds),
        group_by=tuple(_group(parsed, name, names) for name in parsed.group_by or ()),
        compare=condition.op.name if isinstance(condition, SigmaCorrelationCondition) else "GTE",
        count=condition.count if isinstance(condition, SigmaCorrelationCondition) else len(names),
        fields=fields,
        percentile=getattr(condition, "percentile", None) or 50,
        together=_together(condition.parsed, names)
        if isinstance(condition, SigmaExtendedCorrelationCondition)
        else None,
    )


def _group(parsed: SigmaCorrelationRule, name: str, names: Mapping[str, str]) -> dict[str, str]:
    alias = parsed.aliases.aliases.get(name)
    by_rule = (
        {names[each.reference]: own for each, own in alias.mapping.items() if each.reference in names} if alias else {}
    )
    return {"": name, **by_rule}


def _together(node: object, names: Mapping[str, str]) -> Together:
    match node:
        case SigmaRuleReference():
            wanted = names[node.reference]
            return lambda seen: wanted in seen
        case CorrelationConditionAND():
            every = [_together(each, names) for each in node.args]
            return lambda seen: all(each(seen) for each in every)
        case CorrelationConditionOR():
            some = [_together(each, names) for each in node.args]
            return lambda seen: any(each(seen) for each in some)
        case CorrelationConditionNOT():
            inner = _together(node.args[0], names)
            return lambda seen: not inner(seen)
    raise UnreadableError("its condition is empty")


def _listed(fields: str | list[str] | None) -> tuple[str, ...]:
    return (fields,) if isinstance(fields, str) else tuple(fields or ())

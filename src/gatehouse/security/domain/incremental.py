"""Detection of events as they come: what correlations have to remember is a state that can be kept as JSON.

Events that come in the order of time are detected as if all had been there at once. What comes late by no more than
`late` seconds is counted where it belongs; what was alerted by then stays alerted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from math import inf
from typing import Any

from gatehouse.security.domain.correlations import Correlation, in_time
from gatehouse.security.domain.detection import Alert, alert_of, events_of, hits, matches
from gatehouse.security.domain.events import Event, moment_of
from gatehouse.security.domain.rules import Ruleset
from gatehouse.security.domain.windows import Hit

#: Events that are known again by their ids.
_REMEMBERED = 10_000


@dataclass(frozen=True, slots=True)
class Raised:
    """An alert under a name of its own. One that has grown comes again, whole, and replaces those of the names in
    `replaces`; its own name stays as long as its first event does.
    """

    key: str
    alert: Alert
    replaces: tuple[str, ...] = ()


@dataclass
class _Group:
    """What a correlation remembers of one group of events."""

    key: tuple[str, ...]
    hits: list[Hit] = field(default_factory=list)
    #: Windows that end before this moment were asked, and are done with.
    asked_from: float = -inf
    #: Lines of what was alerted and may still grow, by name.
    raised: dict[str, tuple[int, ...]] = field(default_factory=dict)


class Detector:
    """Detects what is new. Not for several threads at once."""

    def __init__(self, ruleset: Ruleset, state: Mapping[str, Any] | None = None, *, late: float = 60.0) -> None:
        """`state` is what `state()` gave before; what it holds of correlations that are no longer there is let go."""
        self._ruleset, self._late = ruleset, late
        said = state or {}
        newest = said.get("newest")
        self._newest = -inf if newest is None else float(newest)
        self._seen: dict[str, None] = dict.fromkeys(said.get("seen", ()))
        stored = said.get("correlations", {})
        self._groups = {each.id: dict(_restored(each, stored.get(each.id, ()))) for each in ruleset.correlations}

    def feed(self, events: Sequence[Event]) -> list[Raised]:
        """What rules find now. `Event.line` is the place of an event among all that are ever fed.

        An event that was fed before, among the last 10,000, is passed over: known by its `metadata.uid`, or its line
        where it has none. In an open window none is counted twice, however long ago it came.
        """
        new = self._unseen(events)
        matched = matches(self._ruleset, new)
        found = [
            Raised(f"{rule.id}:{_id(matched[rule.id][0])}", alert_of(rule, matched[rule.id]))
            for rule in self._ruleset.rules
            if rule.shown and rule.id in matched
        ]
        for correlation in self._ruleset.correlations:
            groups = self._groups[correlation.id]
            coming = correlation.groups(hits(correlation, matched))
            for key, more in coming.items():
                group = groups.setdefault(key, _Group(key))
                known = {(hit.rule, _id(hit.event)) for hit in group.hits}
                group.hits = in_time([*group.hits, *(hit for hit in more if (hit.rule, _id(hit.event)) not in known)])
            for group in list(groups.values()):
                if correlation.slides:
                    found += self._slid(correlation, group, asked=group.key in coming)
                else:
                    found += self._followed(correlation, group)
                if not group.hits:
                    del groups[group.key]
        return found

    def unfinished(self) -> list[Raised]:
        """What windows that ask for few would say if nothing more came: they are alerted when their time is over."""
        return [
            _raised(correlation, group, group.hits[span.begins : span.ends + 1])
            for correlation in self._ruleset.correlations
            if not correlation.slides
            for group in self._groups[correlation.id].values()
            for span in correlation.spans(group.hits)
        ]

    def state(self) -> dict[str, Any]:
        """What has to be remembered, as JSON has it: the hits of open windows and the ids of events, no whole event."""
        return {
            "newest": None if self._newest == -inf else self._newest,
            "seen": list(self._seen),
            "correlations": {
                each.id: [_stored(each, group) for group in self._groups[each.id].values()]
                for each in self._ruleset.correlations
            },
        }

    def _unseen(self, events: Sequence[Event]) -> list[Event]:
        new = []
        for event in events:
            id_ = _id(event)
            if id_ in self._seen:
                continue
            at = moment_of(event)
            self._newest = self._newest if at is None else max(self._newest, at)
            self._seen[id_] = None
            new.append(event)
        for forgotten in list(islice(self._seen, max(0, len(self._seen) - _REMEMBERED))):
            del self._seen[forgotten]
        return new

    def _slid(self, correlation: Correlation, group: _Group, *, asked: bool) -> Iterator[Raised]:
        settled = self._newest - self._late
        if asked:
            open_from = settled
            still: dict[str, tuple[int, ...]] = {}
            for span in correlation.spans(group.hits, group.asked_from):
                raised = _raised(correlation, group, group.hits[span.begins : span.ends + 1])
                if group.raised.get(raised.key) != raised.alert.event_lines:
                    yield raised
                if group.hits[span.ends].at >= settled - correlation.seconds:
                    still[raised.key] = raised.alert.event_lines
                    open_from = min(open_from, span.true_at)
            group.raised, group.asked_from = still, max(group.asked_from, open_from)
            group.hits = [hit for hit in group.hits if hit.at >= group.asked_from - correlation.seconds]
        elif group.hits[-1].at < settled - correlation.seconds:
            group.hits = []

    def _followed(self, correlation: Correlation, group: _Group) -> Iterator[Raised]:
        """A window is asked when its time is over: until then more may come."""
        over = self._newest - self._late - correlation.seconds
        while group.hits and group.hits[0].at < over:
            ends = group.hits[0].at + correlation.seconds
            window = [hit for hit in group.hits if hit.at <= ends]
            for _ in correlation.spans(window):
                yield _raised(correlation, group, window)
            group.hits = group.hits[len(window) :]


def _raised(correlation: Correlation, group: _Group, window: Sequence[Hit]) -> Raised:
    found = events_of(window)
    key = f"{correlation.id}:{_id(window[0].event)}"
    lines = {event.line for event in found}
    grown = (name for name, before in group.raised.items() if name != key and not lines.isdisjoint(before))
    return Raised(key, alert_of(correlation, found), tuple(grown))


def _id(event: Event) -> str:
    said = event.fields.get("metadata.uid")
    return f"line {event.line}" if said is None else str(said)


def _stored(correlation: Correlation, group: _Group) -> dict[str, Any]:
    wanted = {"metadata.uid", *map(str.lower, correlation.fields)}
    wanted |= {name.lower() for names in correlation.group_by for name in names.values()}
    return {
        "key": group.key,
        "asked_from": None if group.asked_from == -inf else group.asked_from,
        "raised": group.raised,
        "hits": [
            [
                hit.at,
                hit.rule,
                hit.event.line,
                {name: hit.event.fields[name] for name in wanted & hit.event.fields.keys()},
            ]
            for hit in group.hits
        ],
    }


def _restored(
    correlation: Correlation, stored: Sequence[Mapping[str, Any]]
) -> Iterator[tuple[tuple[str, ...], _Group]]:
    for each in stored:
        found = [
            Hit(at, rule, Event(line, {name: tuple(it) if isinstance(it, list) else it for name, it in fields.items()}))
            for at, rule, line, fields in each["hits"]
            if rule in correlation.rules
        ]
        if found:
            asked_from = -inf if each["asked_from"] is None else each["asked_from"]
            raised = {name: tuple(lines) for name, lines in each["raised"].items()}
            yield tuple(each["key"]), _Group(tuple(each["key"]), found, asked_from, raised)

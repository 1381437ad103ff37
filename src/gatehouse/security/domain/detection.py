"""What rules find in events."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from gatehouse.security.domain.columns import Mask, Table
from gatehouse.security.domain.correlations import Correlation, hits_of
from gatehouse.security.domain.events import Event
from gatehouse.security.domain.rules import Rule, Ruleset
from gatehouse.security.domain.windows import Hit


@dataclass(frozen=True, slots=True)
class Alert:
    """A rule that was true of these events. Who wrote the rule stands with it (Detection Rule License 1.1)."""

    rule_id: str
    title: str
    author: str
    level: str
    event_lines: tuple[int, ...]


def detect(ruleset: Ruleset, events: Sequence[Event]) -> list[Alert]:
    """An alert for each rule with all events that it is true of, and one for each window of a correlation.

    In the order of the rules. Nothing of it depends on the order of the events but their line numbers.
    """
    matched = matches(ruleset, events)
    alerts = [alert_of(rule, matched[rule.id]) for rule in ruleset.rules if rule.shown and rule.id in matched]
    for correlation in ruleset.correlations:
        alerts += [alert_of(correlation, events_of(window)) for window in correlation.found(hits(correlation, matched))]
    return alerts


def matches(ruleset: Ruleset, events: Sequence[Event]) -> dict[str, list[Event]]:
    """By id of a rule the events that it is true of."""
    table = Table(events, ruleset.needles())
    found: dict[str, list[Event]] = {}
    for rule in ruleset.rules:
        places = np.flatnonzero(_true_of(rule, table)).tolist()
        if places:
            found[rule.id] = [events[place] for place in places]
    return found


def hits(correlation: Correlation, matched: Mapping[str, Sequence[Event]]) -> list[Hit]:
    return [hit for rule in correlation.rules for hit in hits_of(rule, matched.get(rule, ()))]


def events_of(window: Sequence[Hit]) -> list[Event]:
    """Each event once, by line."""
    unique = {hit.event.line: hit.event for hit in window}
    return [unique[line] for line in sorted(unique)]


def alert_of(rule: Rule | Correlation, events: Sequence[Event]) -> Alert:
    return Alert(rule.id, rule.title, rule.author, rule.level, tuple(event.line for event in events))


def _true_of(rule: Rule, table: Table) -> Mask:
    found = rule.conditions[0].events(table)
    for condition in rule.conditions[1:]:
        found = found | condition.events(table)
    return found

"""What rules find in events."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from gatehouse.security.domain.columns import Mask, Table
from gatehouse.security.domain.correlations import Correlation, hits_of
from gatehouse.security.domain.events import Event
from gatehouse.security.domain.rules import Rule, Ruleset


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
    table = Table(events, ruleset.needles())
    counted = {rule for correlation in ruleset.correlations for rule in correlation.rules}
    alerts: list[Alert] = []
    matched: dict[str, list[Event]] = {}
    for rule in ruleset.rules:
        places = np.flatnonzero(_true_of(rule, table)).tolist()
        if not places:
            continue
        found = [events[place] for place in places]
        if rule.id in counted:
            matched[rule.id] = found
        if rule.shown:
            alerts.append(_alert(rule, found))
    for correlation in ruleset.correlations:
        alerts += _correlated(correlation, matched)
    return alerts


def _true_of(rule: Rule, table: Table) -> Mask:
    found = rule.conditions[0].events(table)
    for condition in rule.conditions[1:]:
        found = found | condition.events(table)
    return found


def _correlated(correlation: Correlation, matched: dict[str, list[Event]]) -> Iterator[Alert]:
    hits = [hit for rule in correlation.rules for hit in hits_of(rule, matched.get(rule, ()))]
    for window in correlation.found(hits):
        unique = {hit.event.line: hit.event for hit in window}
        yield _alert(correlation, [unique[line] for line in sorted(unique)])


def _alert(rule: Rule | Correlation, events: Sequence[Event]) -> Alert:
    return Alert(rule.id, rule.title, rule.author, rule.level, tuple(event.line for event in events))

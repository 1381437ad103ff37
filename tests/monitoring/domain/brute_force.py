"""The definition of availability read out slowly: every second of every device is asked for its state."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from gatehouse.monitoring.domain.availability import Interval
from gatehouse.monitoring.domain.period import EPOCH, Period
from gatehouse.monitoring.domain.service_hours import Rule, ServiceHours
from gatehouse.monitoring.domain.states import State

ORDER = ["not_commissioned", "planned", "out_of_service_hours", "down", "unknown", "degraded", "up"]


def buckets(intervals: Sequence[Interval], period: Period, hours: ServiceHours | None = None) -> dict[State, int]:
    """Device-milliseconds by state, of intervals and a period in whole seconds."""
    spent = dict.fromkeys(State, 0)
    for device in {each.device for each in intervals}:
        rows = [each for each in intervals if each.device == device]
        for second in range(period.start, period.end, 1000):
            spent[state_at(second * 1000, rows, hours)] += 1000
    return spent


def state_at(moment: int, rows: Sequence[Interval], hours: ServiceHours | None) -> State:
    said = [] if hours is None or within(moment, hours) else ["out_of_service_hours"]
    for source in {row.source for row in rows}:
        there = [
            row
            for row in rows
            if row.source == source
            and row.start <= moment
            and (row.end is None or moment < row.end)
            and not (row.state == "planned" and row.received_at > row.start)
        ]
        last = max((row.received_at for row in there), default=None)
        said += [row.state.value for row in there if row.received_at == last]
    return State(min(said, key=ORDER.index)) if said else State.UNKNOWN


def within(moment: int, hours: ServiceHours) -> bool:
    return any(
        on_the_wall((EPOCH + timedelta(microseconds=moment)).astimezone(rule.zone), rule) for rule in hours.rules
    )


def on_the_wall(at: datetime, rule: Rule) -> bool:
    return at.weekday() in rule.days and rule.start <= at.hour * 60 + at.minute < rule.end

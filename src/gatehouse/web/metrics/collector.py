"""What `/metrics` tells, read from the store at the moment of asking: the same whichever worker answers.

Labels are classes, states and sources, which are few. No device, no site and no person is named: persons are nobody's
business here, and a series for each device would grow with the fleet.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime

from prometheus_client.core import GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from gatehouse.audit.api import tree_state
from gatehouse.border.api import ledger_counts
from gatehouse.kernel.clock import Clock
from gatehouse.monitoring.api import (
    AssetClass,
    DeviceCondition,
    State,
    conditions_of,
    incidents_of,
    notices_waiting,
    pulses_of,
)
from gatehouse.platform.actors import Actor


class StoreCollector(Collector):
    """The state of the installation for Prometheus."""

    def __init__(self, *, clock: Clock, reader: Actor) -> None:
        self._clock = clock
        self._reader = reader

    def collect(self) -> Iterator[Metric]:
        conditions = conditions_of(clock=self._clock, reader=self._reader)
        yield _devices(conditions)
        yield _heard(conditions)
        yield _gauge(
            "gatehouse_incidents_open",
            "Incidents that are not resolved.",
            len(incidents_of(reader=self._reader, is_open=True)),
        )
        yield _gauge(
            "gatehouse_notices_waiting",
            "Notices of incidents that have not arrived.",
            notices_waiting(reader=self._reader),
        )
        yield from self._pulses()
        yield from self._audit()
        yield from self._ledgers()

    def _pulses(self) -> Iterator[Metric]:
        at = GaugeMetricFamily(
            "gatehouse_monitor_round_timestamp_seconds",
            "When a part of the monitor last finished a round, as Unix time.",
            labels=["part"],
        )
        late = GaugeMetricFamily(
            "gatehouse_monitor_late", "Whether a part of the monitor missed three rounds.", labels=["part"]
        )
        for each in pulses_of(clock=self._clock, reader=self._reader):
            at.add_metric([each.name], each.at.timestamp())
            late.add_metric([each.name], each.is_late)
        yield from (at, late)

    def _audit(self) -> Iterator[Metric]:
        tree, now = tree_state(self._clock), self._clock.now()
        yield _gauge("gatehouse_audit_leaves", "Leaves of the audit tree that have their place.", tree.size)
        yield _gauge("gatehouse_audit_waiting_leaves", "Leaves that wait for their place.", tree.waiting)
        late = _age(tree.alarm.oldest, now) if tree.alarm else 0
        yield _gauge(
            "gatehouse_audit_overdue_seconds",
            "Age of the oldest leaf that has waited for more than ten seconds; 0 where there is none.",
            late,
        )
        yield _gauge(
            "gatehouse_audit_unsigned_leaves", "Leaves after the last checkpoint.", tree.size - tree.checkpoint_size
        )

    def _ledgers(self) -> Iterator[Metric]:
        found = ledger_counts(reader=self._reader)
        yield _gauge("gatehouse_ledgers", "Devices with a ledger of their own that ever delivered.", found.devices)
        yield _gauge(
            "gatehouse_ledgers_not_whole",
            "Those with a gap, a fork or an event that was set aside.",
            found.not_whole,
        )
        yield _gauge(
            "gatehouse_ledger_waiting_events",
            "Events that devices said they still hold when they last spoke.",
            found.waiting,
        )
        oldest = _age(found.waiting_since, self._clock.now()) if found.waiting_since else 0
        yield _gauge("gatehouse_ledger_backlog_seconds", "Age of the oldest of these events.", oldest)


def _devices(conditions: Iterable[DeviceCondition]) -> Metric:
    counted = Counter((each.asset.asset_class, each.state) for each in conditions)
    found = GaugeMetricFamily("gatehouse_devices", "Devices in service.", labels=["asset_class", "state"])
    for asset_class in AssetClass:
        for state in State:
            found.add_metric([asset_class.value, state.value], counted[asset_class, state])
    return found


def _heard(conditions: Iterable[DeviceCondition]) -> Metric:
    last: dict[str, datetime] = {}
    for word in (word for each in conditions for word in each.words):
        last[word.source] = max(last.get(word.source, word.heard_at), word.heard_at)
    found = GaugeMetricFamily(
        "gatehouse_source_heard_timestamp_seconds",
        "When a source last said anything of any device, as Unix time.",
        labels=["source"],
    )
    for source, at in sorted(last.items()):
        found.add_metric([source], at.timestamp())
    return found


def _gauge(name: str, says: str, value: float) -> Metric:
    return GaugeMetricFamily(name, says, value=value)


def _age(since: datetime, now: datetime) -> float:
    return (now - since).total_seconds()

"""Alerts for Prometheus, drawn from what is asked of each class: how fast a class uses up the time it may be down.

A target of 99.9 % lets a tenth of a percent of a month go by. A rate of 1 uses that up in just the month; a rate of
14.4 uses two percent of it in an hour. An alert asks for the rate over a long window, so that a moment wakes nobody,
and over a short one, so that what is over wakes nobody either (Site Reliability Workbook, chapter 5).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Any, NamedTuple

from gatehouse.monitoring.domain.states import State
from gatehouse.monitoring.selectors.targets import Target

#: The share of devices that work, of those of which it is known; silence is an alert of its own.
RECORD = "gatehouse:available:share"
_WORKS = f"{State.UP}|{State.DEGRADED}"
_KNOWN = f"{_WORKS}|{State.DOWN}"


class Window(NamedTuple):
    rate: Fraction
    long: str
    short: str
    severity: str


WINDOWS = (
    Window(Fraction(144, 10), "1h", "5m", "critical"),
    Window(Fraction(6), "6h", "30m", "critical"),
    Window(Fraction(3), "1d", "2h", "warning"),
    Window(Fraction(1), "3d", "6h", "warning"),
)


def alert_rules(targets: Iterable[Target]) -> dict[str, Any]:
    """A file of rules as Prometheus reads it, as plain data."""
    works, known = (f'sum by (asset_class) (gatehouse_devices{{state=~"{states}"}})' for states in (_WORKS, _KNOWN))
    record = {"record": RECORD, "expr": f"{works} / ({known} > 0)"}  # a class without devices has no share
    burns = [rule for target in targets for rule in _burns(target)]
    return {
        "groups": [
            {"name": "gatehouse-availability", "interval": "30s", "rules": [record, *burns]},
            {"name": "gatehouse-house", "interval": "30s", "rules": list(_of_the_house())},
        ]
    }


def _burns(target: Target) -> Iterator[dict[str, Any]]:
    spare = 1 - target.share
    for window in WINDOWS:
        most = float(window.rate * spare)
        if most >= 1:  # so much cannot be down
            continue
        over = (f'(1 - avg_over_time({RECORD}{{asset_class="{target.asset_class}"}}[{span}])) > {most:g}'
                for span in (window.long, window.short))  # fmt: skip
        rate = float(window.rate)
        yield _rule(
            "GatehouseBudgetBurns",
            " and ".join(over),
            severity=window.severity,
            labels={"asset_class": target.asset_class.value, "window": window.long},
            summary=f"{target.asset_class}: down {rate:g} times as much as {float(target.percent):g} % allows, "
            f"over {window.long} and {window.short}",
            action="Open the incidents: gatehouse monitor incidents, or /incidents/.",
        )


def _of_the_house() -> Iterator[dict[str, Any]]:
    yield _rule(
        "GatehouseUnseen",
        f'gatehouse_devices{{state="{State.UNKNOWN}"}} > 0',
        lasts="15m",
        severity="warning",
        summary="{{ $value }} of the class {{ $labels.asset_class }} say nothing: whether they work is unknown",
        action="Look at the network to them, and at what asks them.",
    )
    yield _rule(
        "GatehouseMonitorDead",
        "gatehouse_monitor_late == 1 or absent(gatehouse_monitor_round_timestamp_seconds)",
        lasts="1m",
        severity="critical",
        summary="a part of the monitor goes no rounds, or /metrics is not read: nothing else here can be believed",
        action="gatehouse monitor watchdog says which; restart gatehouse-monitor.",
    )
    yield _rule(
        "GatehouseLeavesUnsequenced",
        "gatehouse_audit_overdue_seconds > 60",
        lasts="1m",
        severity="critical",
        summary="leaves of the audit tree have waited for their place for {{ $value }} seconds",
        action="gatehouse-web sequences them: is it running, and can it lock?",
    )
    yield _rule(
        "GatehouseLedgerNotWhole",
        "gatehouse_ledgers_not_whole > 0",
        severity="warning",
        summary="{{ $value }} ledgers of devices have a gap, a fork or an event that was set aside",
        action="gatehouse device ledgers says which.",
    )
    yield _rule(
        "GatehouseNoticesWait",
        "gatehouse_notices_waiting > 0",
        lasts="10m",
        severity="warning",
        summary="{{ $value }} notices of incidents have not arrived",
        action="Look at gatehouse-notify, and at the address that does not answer.",
    )


def _rule(
    alert: str,
    expression: str,
    *,
    severity: str,
    summary: str,
    action: str,
    lasts: str = "",
    labels: dict[str, str] | None = None,
) -> dict[str, Any]:
    rule: dict[str, Any] = {"alert": alert, "expr": expression}
    if lasts:
        rule["for"] = lasts
    return {
        **rule,
        "labels": {"severity": severity, **(labels or {})},
        "annotations": {"summary": summary, "description": action},
    }

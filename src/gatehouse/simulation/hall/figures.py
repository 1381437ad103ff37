"""What a day's lines came to, as numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil
from typing import Any

from gatehouse.simulation.hall.servers import Servers


def quantile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least `share` of them do not exceed; 0 of none."""
    if not values:
        return 0.0
    return sorted(values)[max(0, ceil(share * len(values)) - 1)]


def waits_by_hour(servers: Servers) -> Mapping[int, list[float]]:
    """Seconds waited, by the hour of joining the line."""
    found: dict[int, list[float]] = {}
    for came, waited in servers.waits:
        found.setdefault(min(23, int(came // 3600)), []).append(waited)
    return found


def as_waits(waits: Sequence[float]) -> dict[str, float | int]:
    """Seconds, to the tenth."""
    if not waits:
        return {"travellers": 0, "mean": 0.0, "p50": 0.0, "p95": 0.0, "longest": 0.0}
    return {
        "travellers": len(waits),
        "mean": round(sum(waits) / len(waits), 1),
        "p50": round(quantile(waits, 0.5), 1),
        "p95": round(quantile(waits, 0.95), 1),
        "longest": round(max(waits), 1),
    }


def as_line(servers: Servers, seconds: float) -> dict[str, Any]:
    """A line's figures over so many seconds of the day."""
    return {
        "waiting_seconds": as_waits([waited for _, waited in servers.waits]),
        "queue": {"mean": round(servers.in_line / seconds, 2), "longest": servers.longest},
        "taken_hours": round(servers.taken / 3600, 1),
    }

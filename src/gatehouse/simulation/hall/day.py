"""`gatehouse gate hall`: the figures of one day of an airport's halls."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from random import Random
from typing import Any

from gatehouse.device.words import Direction
from gatehouse.kernel.errors import UnreadableError
from gatehouse.platform.profile import Profile
from gatehouse.simulation.hall.arrivals import Arrival, Hall, arrivals_of, halls_of, in_whole
from gatehouse.simulation.hall.figures import as_line, as_waits, quantile, waits_by_hour
from gatehouse.simulation.hall.passing import Passed, Rota
from gatehouse.simulation.hall.plan import HallPlan, hall_plan_of
from gatehouse.simulation.hall.staffing import desks_advised
from gatehouse.simulation.nation import nation_of


def hall_day(
    profile: Profile,
    *,
    on: date,
    lanes: int,
    seed: int = 0,
    travellers: int | None = None,
    own: Sequence[float] = (),
    told: Callable[[int, int], None] = lambda _round, _late: None,
) -> dict[str, Any]:
    """A day with so many lanes, as one document. The same arguments give the same document.

    Times are seconds, hours are those of the local day. Raises `UnreadableError` where the lanes do not reach for
    one in each hall; none at all is a day of desks alone. `own`: a lane's own time in seconds, as it was measured.
    """
    plan, nation = hall_plan_of(profile), nation_of(profile)
    halls = halls_of(plan)
    if 0 < lanes < len(halls):
        raise UnreadableError("there are %(halls)d halls: give each a lane, or none", halls=len(halls))
    known, entries = plan.travellers_on(on), plan.entries_on(on)
    number = travellers or known.travellers
    # a label of text, so that two days are two different days
    rng = Random(f"{on} {seed}")  # noqa: S311  a simulation
    arrivals = arrivals_of(plan, nation.hours, rng, travellers=number, entries=entries.share)
    placed = lanes_placed(halls, lanes, arrivals)
    rota, passed = desks_advised(plan, arrivals, placed, seed=seed, own=own, told=told)
    return {
        "port": plan.port,
        "day": on.isoformat(),
        "seed": seed,
        "travellers": number,
        "lanes": lanes,
        "lane_own_seconds": _own(own) if own else None,
        "halls": [_hall(plan, hall, placed[hall], passed) for hall in halls],
        "shares_of_use": shares_of_use(plan, passed),
        "staffing": staffing(plan, rota, passed),
        "target": {"minutes": plan.target.minutes, "share": plan.target.share},
        "sources": {
            "travellers": "as asked" if travellers else known.source,
            "entries": entries.source,
            "hours": nation.hours.source,
            "lane_seconds": plan.gate.source,
            "desk_seconds": plan.desk.source,
            "handed_over": plan.handed_over.source,
            "target": plan.target.source,
        },
    }


def lanes_placed(halls: list[Hall], lanes: int, arrivals: list[Arrival]) -> dict[Hall, int]:
    """The lanes by how many would use them, at least one in each hall where there are any."""
    if lanes == 0:
        return dict.fromkeys(halls, 0)
    wanted = dict.fromkeys(halls, 0)
    for arrival in arrivals:
        wanted[arrival.hall] += arrival.by_lane
    weights = [float(wanted[hall]) for hall in halls]
    rest = in_whole(lanes - len(halls), weights if any(weights) else [1.0] * len(halls))
    return {hall: 1 + more for hall, more in zip(halls, rest, strict=True)}


def _own(seconds: Sequence[float]) -> dict[str, float | int]:
    """To the millisecond."""
    return {
        "travellers": len(seconds),
        "p50": round(quantile(seconds, 0.5), 3),
        "p95": round(quantile(seconds, 0.95), 3),
        "longest": round(max(seconds), 3),
    }


def _hall(plan: HallPlan, hall: Hall, lanes: int, passed: Passed) -> dict[str, Any]:
    gates, lines = passed.lanes[hall], [(line.name, passed.desks[hall, line.name]) for line in plan.lines]
    return {
        "terminal": hall.terminal,
        "direction": hall.direction.value,
        "lanes": lanes,
        "gate": as_line(gates, passed.ended)
        | {"handed_over": passed.handed_over[hall], "too_long_a_line": passed.impatient[hall]},
        "desks": {name: as_line(desks, passed.ended) for name, desks in lines},
    }


def shares_of_use(plan: HallPlan, passed: Passed) -> list[dict[str, Any]]:
    """Passages by lane of all passages, by group and direction; who was handed over passed at a desk."""
    names = list(dict.fromkeys(group.counted for group in plan.groups))
    ways = (Direction.ENTRY, Direction.EXIT)
    return [
        _share(group, way, passed)
        for group in ([*names], *([name] for name in names))
        for way in ((*ways,), *((each,) for each in ways))
    ]


def _share(names: Sequence[str], ways: Sequence[Direction], passed: Passed) -> dict[str, Any]:
    came = sum(passed.came[name, way] for name in names for way in ways)
    used = sum(passed.by_lane[name, way] for name in names for way in ways)
    return {
        "group": names[0] if len(names) == 1 else "all",
        "direction": ways[0].value if len(ways) == 1 else "both",
        "travellers": came,
        "by_lane": used,
        "share": round(used / came, 4) if came else None,
    }


def staffing(plan: HallPlan, rota: Rota, passed: Passed) -> list[dict[str, Any]]:
    """Desks to open by hall, line and hour, and how long people wait with them."""
    rows = []
    for (hall, line), hours in rota.items():
        waits = waits_by_hour(passed.desks[hall, line])
        for hour, desks in enumerate(hours):
            found: Mapping[str, float | int] = as_waits(waits.get(hour, []))
            rows.append(
                {
                    "terminal": hall.terminal,
                    "direction": hall.direction.value,
                    "line": line,
                    "hour": hour,
                    "desks": desks,
                    "travellers": found["travellers"],
                    "p95_seconds": found["p95"],
                    "within_target": found["p95"] <= 60 * plan.target.minutes,
                }
            )
    return rows

"""How many desks to open in each hour, so that people wait no longer than the target: found by letting the day pass."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import ceil

from gatehouse.simulation.hall.arrivals import Arrival, Hall
from gatehouse.simulation.hall.figures import quantile, waits_by_hour
from gatehouse.simulation.hall.passing import Passed, day_passed
from gatehouse.simulation.hall.plan import HallPlan

#: How often the rota is tried and mended; what still waits too long then is said.
ROUNDS = 12


def desks_advised(
    plan: HallPlan,
    arrivals: Sequence[Arrival],
    lanes: Mapping[Hall, int],
    *,
    seed: int,
    own: Sequence[float] = (),
    told: Callable[[int, int], None] = lambda _round, _late: None,
) -> tuple[dict[tuple[Hall, str], list[int]], Passed]:
    """The rota by hall, line and hour, and the day that it gives.

    It begins with every desk open, which shows the work of each hour, then opens just enough for that work, and adds
    where more than the target's share waits too long: in that hour and, as a line is inherited, in the one before.
    """
    most = {line.name: line.desks for line in plan.lines}
    rota = {(hall, line): [desks] * 24 for hall in lanes for line, desks in most.items()}
    passed = day_passed(plan, arrivals, lanes, rota, seed=seed, own=own)
    for (hall, line), hours in rota.items():
        for hour in range(24):
            hours[hour] = min(most[line], ceil(passed.work[hall, line, hour] / 3600))
    for number in range(1, ROUNDS + 1):
        passed = day_passed(plan, arrivals, lanes, rota, seed=seed, own=own)
        late = _late(plan, passed)
        told(number, len(late))
        if not _mended(rota, late, most):
            break
    return rota, passed


def _late(plan: HallPlan, passed: Passed) -> list[tuple[Hall, str, int]]:
    target = plan.target
    return [
        (hall, line, hour)
        for (hall, line), desks in passed.desks.items()
        for hour, waits in waits_by_hour(desks).items()
        if quantile(waits, target.share) > 60 * target.minutes
    ]


def _mended(
    rota: dict[tuple[Hall, str], list[int]], late: Sequence[tuple[Hall, str, int]], most: Mapping[str, int]
) -> bool:
    """Whether a desk could be added."""
    changed = False
    for hall, line, hour in late:
        hours = rota[hall, line]
        for each in {max(0, hour - 1), hour}:
            more = min(most[line], hours[each] + max(1, hours[each] // 20))
            changed, hours[each] = changed or more != hours[each], more
    return changed

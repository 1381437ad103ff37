"""The whole of a simulated day: who passed, what was made of it, and what the records say of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time

from gatehouse.border.api import crossings_per_day
from gatehouse.kernel.figure import Figure
from gatehouse.simulation.clock import DayClock
from gatehouse.simulation.day import Tally
from gatehouse.simulation.halls import halls_in_turn
from gatehouse.simulation.officers import Officers
from gatehouse.simulation.setting import Setting


@dataclass(frozen=True, slots=True)
class Simulated:
    tally: Tally
    #: Crossings of that day at its port by direction, with their evidence: before the simulation, and after it.
    before: tuple[Figure, ...]
    figures: tuple[Figure, ...]

    @property
    def crossings_agree(self) -> bool:
        """Whether the figures grew by exactly those whom an officer let pass."""
        return _counted(self.before) + self.tally.crossings == _counted(self.figures)


def simulate(
    setting: Setting,
    officers: Officers,
    *,
    report: Callable[[int], None] | None = None,
    halls: Callable[[Setting, Officers, Callable[[int], None]], Tally] = halls_in_turn,
) -> Simulated:
    """Run the day through the border's services. `report` is told now and then how many have passed."""
    before = _figures(setting, officers)
    tally = halls(setting, officers, report or (lambda _: None))
    return Simulated(tally, before, _figures(setting, officers))


def _figures(setting: Setting, officers: Officers) -> tuple[Figure, ...]:
    end = DayClock(datetime.combine(setting.on, time(23, 59), setting.zone))
    return tuple(
        crossings_per_day(
            setting.port, (setting.on, setting.on), clock=end, reader=officers.supervisor, profile=setting.profile
        )
    )


def _counted(figures: tuple[Figure, ...]) -> Counter[str]:
    return Counter({each.labels["direction"]: each.count for each in figures})

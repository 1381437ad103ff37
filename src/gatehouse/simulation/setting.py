"""Which day to simulate."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from gatehouse.platform.profile import Profile
from gatehouse.simulation.nation import nation_of
from gatehouse.simulation.travellers import Traveller, travellers_of


@dataclass(frozen=True, slots=True)
class Setting:
    """Which day. `run` numbers what was simulated in one store: each run has people and documents of its own."""

    profile: Profile
    seed: int
    run: int
    on: date
    travellers: int

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.profile.agency.time_zone)

    @property
    def port(self) -> str:
        return nation_of(self.profile).port

    @property
    def states(self) -> frozenset[str]:
        """Every state whose nationals may come."""
        visitors = nation_of(self.profile).visitors.states
        return frozenset({self.profile.agency.state, *(state.nationality for state in visitors)})

    def plan(self) -> tuple[Traveller, ...]:
        return travellers_of(
            nation_of(self.profile),
            state=self.profile.agency.state,
            zone=self.zone,
            seed=self.seed,
            run=self.run,
            on=self.on,
            count=self.travellers,
        )

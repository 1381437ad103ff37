"""The whole of a simulated day: who comes, with which papers, past which desks, and what was made of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from gatehouse.border.api import crossings_per_day
from gatehouse.documents.pki.crl import Crl
from gatehouse.documents.pki.masterlist import MasterList
from gatehouse.documents.pki.trust import TrustStore
from gatehouse.kernel.figure import Figure
from gatehouse.platform.profile import Profile
from gatehouse.simulation.arrangements import Arrangements
from gatehouse.simulation.clock import DayClock
from gatehouse.simulation.day import Day, Tally
from gatehouse.simulation.issuing import Fault
from gatehouse.simulation.nation import Irregularity, nation_of
from gatehouse.simulation.officers import Officers
from gatehouse.simulation.passport_office import Authorities, Desk, Order
from gatehouse.simulation.travellers import Traveller, travellers_of

_FAULTS = {
    Irregularity.FORGED: Fault.FORGED,
    Irregularity.ALTERED_DATA: Fault.ALTERED_DG1,
    Irregularity.ALTERED_FACE: Fault.ALTERED_DG2,
    Irregularity.SWAPPED_CHIP: Fault.SWAPPED,
    Irregularity.REVOKED: Fault.REVOKED_SIGNER,
    Irregularity.EXPIRED: Fault.EXPIRED,
}


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
    setting: Setting, officers: Officers, office: Desk, report: Callable[[int], None] | None = None
) -> Simulated:
    """Run the day through the border's services. `report` is told after each traveller how many have passed."""
    plan = setting.plan()
    before = _figures(setting, officers)
    day = _day(setting, officers, office.authorities())
    for tally in day.run(zip(plan, office.passports(map(order_of, plan)), strict=True)):
        if report:
            report(tally.travellers)
    return Simulated(day.tally, before, _figures(setting, officers))


def order_of(traveller: Traveller) -> Order:
    """The passport that this traveller comes with."""
    wrong = traveller.irregularity
    fault = _FAULTS.get(wrong) if wrong else None
    return Order(traveller.holder, fault, misprinted=wrong is Irregularity.MISPRINTED)


def _day(setting: Setting, officers: Officers, authorities: Authorities) -> Day:
    return Day(
        setting.profile,
        port=setting.port,
        officers=officers,
        arrangements=Arrangements(
            setting.profile, port=setting.port, run=setting.run, on=setting.on, supervisor=officers.supervisor
        ),
        trust=TrustStore(MasterList.read(authorities.master_list).certificates),
        crls=tuple(map(Crl.read, authorities.crls)),
        begins=datetime.combine(setting.on, time(), setting.zone),
    )


def _figures(setting: Setting, officers: Officers) -> tuple[Figure, ...]:
    end = DayClock(datetime.combine(setting.on, time(23, 59), setting.zone))
    return tuple(
        crossings_per_day(
            setting.port, (setting.on, setting.on), clock=end, reader=officers.supervisor, profile=setting.profile
        )
    )


def _counted(figures: tuple[Figure, ...]) -> Counter[str]:
    return Counter({each.labels["direction"]: int(each.value) for each in figures})

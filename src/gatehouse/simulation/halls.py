"""The two halls of an airport: each has its desks, and what happens in one does not change the other.

So they may be worked in turn, or side by side in processes of their own, and all decisions are the same.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, wait
from datetime import datetime, time
from functools import reduce
from multiprocessing import get_context
from operator import add

from gatehouse.border.api import Direction
from gatehouse.documents.pki.crl import Crl
from gatehouse.documents.pki.masterlist import MasterList
from gatehouse.documents.pki.trust import TrustStore
from gatehouse.simulation.arrangements import Arrangements
from gatehouse.simulation.day import Day, Tally
from gatehouse.simulation.hall_process import begin, count_one
from gatehouse.simulation.issuing import Fault
from gatehouse.simulation.nation import Irregularity
from gatehouse.simulation.officers import Officers
from gatehouse.simulation.passport_office import Authorities, Order, PassportOffice
from gatehouse.simulation.setting import Setting
from gatehouse.simulation.travellers import Traveller

Hall = frozenset[Direction]
Report = Callable[[int], None]

HALLS: tuple[Hall, ...] = (frozenset({Direction.ENTRY, Direction.TRANSIT}), frozenset({Direction.EXIT}))
_LOOK_EVERY = 0.2
_FAULTS = {
    Irregularity.FORGED: Fault.FORGED,
    Irregularity.ALTERED_DATA: Fault.ALTERED_DG1,
    Irregularity.ALTERED_FACE: Fault.ALTERED_DG2,
    Irregularity.SWAPPED_CHIP: Fault.SWAPPED,
    Irregularity.REVOKED: Fault.REVOKED_SIGNER,
    Irregularity.EXPIRED: Fault.EXPIRED,
}


def halls_in_turn(setting: Setting, officers: Officers, report: Report) -> Tally:
    """`report` is told how many have passed."""
    passed = 0

    def one_more() -> None:
        nonlocal passed
        passed += 1
        report(passed)

    return reduce(add, [_run(setting, officers, hall, one_more) for hall in HALLS])


def halls_side_by_side(setting: Setting, officers: Officers, report: Report) -> Tally:
    """Each in a process of its own, on a database that others can reach (`DATABASE_URL`)."""
    spawned = get_context("spawn")
    passed = spawned.Value("i", 0)
    with ProcessPoolExecutor(len(HALLS), spawned, initializer=begin, initargs=(passed,)) as halls:
        works = [halls.submit(_run_here, setting, officers, hall) for hall in HALLS]
        while wait(works, _LOOK_EVERY).not_done:
            report(passed.value)
        report(passed.value)
        return reduce(add, [work.result() for work in works])


def order_of(traveller: Traveller) -> Order:
    """The passport that this traveller comes with."""
    wrong = traveller.irregularity
    fault = _FAULTS.get(wrong) if wrong else None
    return Order(traveller.holder, fault, misprinted=wrong is Irregularity.MISPRINTED)


def _run(setting: Setting, officers: Officers, hall: Hall, passed: Callable[[], None]) -> Tally:
    office = PassportOffice(setting.states, seed=setting.seed, on=setting.on)
    day = _day(setting, officers, office.authorities())
    coming = [traveller for traveller in setting.plan() if traveller.direction in hall]
    for _ in day.run((traveller, office.passport(order_of(traveller))) for traveller in coming):
        passed()
    return day.tally


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


def _run_here(setting: Setting, officers: Officers, hall: Hall) -> Tally:
    return _run(setting, officers, hall, count_one)

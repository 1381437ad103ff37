"""What the demo does: a day, travellers for the console, and the proof of the audit tree."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from gatehouse.audit.api import sequence_once, verify_database
from gatehouse.audit.kept import read_keys, read_notes
from gatehouse.audit.verifier import Verdict
from gatehouse.cli.demo.gates import GatesDay, gates_day
from gatehouse.cli.demo.real_documents import RealDocument, conformance_dir, real_documents
from gatehouse.kernel.clock import SystemClock
from gatehouse.performance.api import years_load, years_shipped
from gatehouse.platform.actors import Actor
from gatehouse.platform.config import config
from gatehouse.platform.models import User
from gatehouse.platform.profile import profile
from gatehouse.simulation.accounts import accounts_create
from gatehouse.simulation.arrangements import Arrangements
from gatehouse.simulation.halls import halls_side_by_side, order_of
from gatehouse.simulation.issuing import ChipKind
from gatehouse.simulation.officers import Officers
from gatehouse.simulation.passport_office import PassportOffice
from gatehouse.simulation.reader import queue_folder, queue_write
from gatehouse.simulation.runs import next_run
from gatehouse.simulation.setting import Setting
from gatehouse.simulation.simulate import Simulated, simulate
from gatehouse.simulation.telemetry import telemetry_backfill
from gatehouse.simulation.trusting import trust_put

#: What the chips of those who wait can do, by turns; one with fingerprints would ask for a terminal that may read them.
_CHIPS = tuple(kind for kind in ChipKind if kind is not ChipKind.EAC)
#: Travellers who wait for the console's reader, and how long those of them who are listed stay listed.
_WAITING, _LISTED = 150, timedelta(days=7)


@dataclass(frozen=True)
class Demo:
    """All that the demo did."""

    setting: Setting
    simulated: Simulated
    #: Seconds that the day took.
    seconds: float
    #: What went through the e-Gates of the day.
    gates: GatesDay
    #: How many wait for the console's reader.
    waiting: int
    #: The years whose plans, indicators and narrative are on record; new ones were loaded.
    years: tuple[int, ...]
    audit: Verdict
    #: None where the conformance data is not there.
    real: list[RealDocument] | None

    @property
    def holds(self) -> bool:
        simulated = self.simulated
        return simulated.tally.truth.holds and simulated.crossings_agree and self.audit.first_bad is None


def run(travellers: int, seed: int, report: Callable[[int], None] | None) -> Demo:
    """Run the next day of this installation and verify it."""
    setting, line = _settings(travellers, seed)
    officers = _officers()
    began = time.monotonic()
    simulated = simulate(setting, officers, report=report, halls=halls_side_by_side)
    seconds = time.monotonic() - began
    gates = gates_day(setting)
    waiting = _line_up(line, officers)
    years = _years()
    telemetry_backfill(clock=SystemClock())
    folder = conformance_dir()
    real = real_documents(folder, on=line.on) if folder else None
    return Demo(setting, simulated, seconds, gates, waiting, years, _sequenced_and_verified(), real)


def _settings(travellers: int, seed: int) -> tuple[Setting, Setting]:
    """The day, and those who wait for the console today: two runs of people."""
    line = Setting(profile(), seed=seed, run=0, on=SystemClock().now().date(), travellers=_WAITING)
    today = datetime.now(line.zone).date()
    run = next_run(config().state_dir, today=today)
    day = replace(line, run=2 * run.number, on=run.on, travellers=travellers)
    return day, replace(line, run=2 * run.number + 1, on=today)


def _officers() -> Officers:
    accounts_create()
    inspector, second_line, supervisor = (Actor.of(User.objects.get(username=name)) for name in ("chen", "lin", "wang"))
    return Officers(inspector, second_line, supervisor)


def _line_up(line: Setting, officers: Officers) -> int:
    """Let travellers wait for the console's reader, and the console trust the states that issued their passports."""
    office = PassportOffice(line.states, seed=line.seed, on=line.on, chips=_CHIPS)
    coming = [(traveller, office.passport(order_of(traveller))) for traveller in line.plan()]
    arrangements = Arrangements(
        line.profile, port=line.port, run=line.run, on=line.on, supervisor=officers.supervisor, lists_last=_LISTED
    )
    for traveller, passport in coming:
        arrangements.make(traveller, passport.mrz, SystemClock())
    trust_put(office.authorities(), clock=SystemClock(), by="demo")
    return queue_write(queue_folder(), coming)


def _years() -> tuple[int, ...]:
    """Load the records of the profile's years, where it ships any; those of an earlier run change nothing."""
    folder = years_shipped()
    return tuple(years_load(folder, clock=SystemClock(), actor=Actor.system("demo"))) if folder else ()


def _sequenced_and_verified() -> Verdict:
    """Give every leaf its place, keep a signed checkpoint, and judge the whole tree against those that were kept."""
    sequence_once(clock=SystemClock())
    kept = config().audit_kept
    return verify_database(list(read_notes(kept)), read_keys(None, kept))

"""Putting a scenario before the console: people, documents, what is on record of them, and the line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path

from gatehouse.border.api import Direction
from gatehouse.documents.mrz import parse_mrz
from gatehouse.kernel.clock import Clock
from gatehouse.kernel.errors import NotFoundError, RefusedError
from gatehouse.platform.actors import Actor
from gatehouse.platform.config import config
from gatehouse.platform.profile import Profile
from gatehouse.platform.profile import profile as settings_profile
from gatehouse.platform.training import KEPT, require_training
from gatehouse.simulation.arrangements import Arrangements
from gatehouse.simulation.halls import order_of
from gatehouse.simulation.passport_office import Passport, PassportOffice
from gatehouse.simulation.portraits import portrait
from gatehouse.simulation.reader import Reader, queue_write
from gatehouse.simulation.runs import next_run
from gatehouse.simulation.setting import Setting
from gatehouse.simulation.training.scenarios import Scenario
from gatehouse.simulation.travellers import Traveller
from gatehouse.simulation.trusting import trust_put

_SEED, _PLANNED = 7, 200
#: Entries of the lists hold while the scenario is worked on.
_LISTED = timedelta(days=2)
_LIGHT = 0.9


@dataclass(frozen=True, slots=True)
class Coming:
    """Somebody in the line, by their document."""

    issuer: str
    number: str
    #: The case of the scenario, or an ordinary traveller beside it.
    is_case: bool


@dataclass(frozen=True, slots=True)
class Loaded:
    scenario: str
    port: str
    direction: Direction
    loaded_at: datetime
    line: tuple[Coming, ...]


class TrainingReader(Reader):
    """The reader of a training's console: the line of the scenario that was loaded last."""

    def __init__(self) -> None:
        super().__init__(folder() / "line")


def folder() -> Path:
    return config().state_dir / KEPT


def scenario_load(scenario: Scenario, *, clock: Clock, supervisor: Actor, profile: Profile | None = None) -> Loaded:
    """Put one scenario in line, in the place of the last. Raises `RefusedError` in every mode but training."""
    require_training()
    profile = profile or settings_profile()
    today = profile.agency.day(clock.now())
    run = next_run(config().state_dir, today=today)
    setting = Setting(profile, seed=_SEED, run=run.number, on=today, travellers=_PLANNED)
    case, *others = _line(scenario, setting.plan())
    people = (others[0], case, *others[1:])
    office = PassportOffice(setting.states, seed=_SEED, on=today)
    arrangements = Arrangements(
        profile, port=setting.port, run=run.number, on=today, supervisor=supervisor, lists_last=_LISTED
    )
    coming = [(each, _passport(office, each, lookalike=scenario.lookalike and each is case)) for each in people]
    for traveller, passport in coming:
        arrangements.make(traveller, passport.mrz, clock)
    trust_put(office.authorities(), clock=clock, by="training")
    folder().mkdir(mode=0o700, exist_ok=True)
    queue_write(folder() / "line", coming)
    zones = [(each is case, parse_mrz(passport.mrz, on=today)) for each, passport in coming]
    line = tuple(Coming(zone.issuer, zone.document_number, is_case) for is_case, zone in zones)
    loaded = Loaded(scenario.id, setting.port, case.direction, clock.now(), line)
    kept = {**asdict(loaded), "loaded_at": loaded.loaded_at.isoformat()}
    (folder() / "scenario.json").write_text(json.dumps(kept))
    return loaded


def loaded_last() -> Loaded:
    """Raises `NotFoundError` before any was."""
    try:
        kept = json.loads((folder() / "scenario.json").read_text())
    except FileNotFoundError as error:
        raise NotFoundError("no scenario was loaded: see gatehouse training list") from error
    return Loaded(
        kept["scenario"],
        kept["port"],
        Direction(kept["direction"]),
        datetime.fromisoformat(kept["loaded_at"]),
        tuple(Coming(**each) for each in kept["line"]),
    )


def _line(scenario: Scenario, plan: tuple[Traveller, ...]) -> Iterator[Traveller]:
    """The case, then two ordinary travellers of its direction."""
    ordinary = [each for each in plan if not (each.irregularity or each.namesake or each.guardian is not None)]
    if scenario.irregularity:
        case = next(each for each in plan if each.irregularity is scenario.irregularity)
    elif scenario.namesake:
        case = next(each for each in plan if each.namesake)
    else:
        case = next(each for each in ordinary if each.direction is Direction.ENTRY)
    yield case
    beside = (each for each in ordinary if each.direction is case.direction and each is not case)
    found = list(islice(beside, 2))
    if len(found) < 2:
        raise RefusedError("the plan of the day has too few ordinary travellers")
    yield from found


def _passport(office: PassportOffice, traveller: Traveller, *, lookalike: bool) -> Passport:
    passport = office.passport(order_of(traveller))
    if not lookalike:
        return passport
    # Of the same sex, as the parity of the seed says, and nobody who travels today.
    return replace(passport, live_image=portrait(traveller.holder.seed + 2_000_000, light=_LIGHT))

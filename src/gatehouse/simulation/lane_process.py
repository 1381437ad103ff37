"""One lane as a process: the lane's own program, with simulated devices, people and centre."""

from __future__ import annotations

import asyncio
import os
import secrets
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from itertools import count
from pathlib import Path

from gatehouse.biometrics.comparing import Policy
from gatehouse.biometrics.reference import ReferenceEngine
from gatehouse.device.desk_ticket import key_of_token
from gatehouse.device.ledger import Ledger
from gatehouse.device.registration import Registration
from gatehouse.documents.mrz import parse_mrz
from gatehouse.gates.centre import LOOKS_S, ListsFile, deliver
from gatehouse.gates.devices import Devices
from gatehouse.gates.enrolment import Consent
from gatehouse.gates.guidance.server import Guidance
from gatehouse.gates.guidance.signals import Signals
from gatehouse.gates.judging import Judge
from gatehouse.gates.machine import Event, State, Topology
from gatehouse.gates.modbus import ModbusController, ModbusLights
from gatehouse.gates.officers import OfficerLine
from gatehouse.gates.passages import Passages
from gatehouse.gates.program import LaneProgram
from gatehouse.gates.settings import Centre, Settings, Simulated
from gatehouse.gates.simulated import Guest, SimulatedLane, read_at_kiosk
from gatehouse.kernel.clock import Clock, SystemClock
from gatehouse.kernel.errors import UnreadableError
from gatehouse.law.egate import Status
from gatehouse.platform.profile import Profile
from gatehouse.simulation.lanes import LaneWorld
from gatehouse.simulation.waiting import Line

#: What the drawn faces of the simulation bear (`biometrics.reference`).
_POLICY = Policy(false_match_rate=0.05, accept_demonstration=True)
#: So many different people come, by turns.
_PEOPLE = 14
_MOST_WAITING = 200
#: What was laid on the reader has been seen by then.
_SETTLES_S = 0.2


async def run_lane(settings: Settings, profile: Profile, *, said: Callable[[str], None]) -> None:
    """Until cancelled, or until the travellers of the settings have come. Raises `UnreadableError` as its parts do."""
    clock, token = SystemClock(), _token(settings.folder)
    world = LaneWorld(profile, states=settings.simulated.nationalities, now=clock.now(), seed=settings.simulated.seed)
    guests = _people(world, settings.simulated) if settings.simulated.documents is None else _waiting(settings)
    simulated, consent = SimulatedLane(settings.kind, pace_s=settings.simulated.pace_s), Consent()
    with Ledger(settings.folder / "ledger.sqlite3", device=settings.lane, clock=clock) as ledger:

        def obeyed(command: Event, officer: str) -> None:
            program.obey(command, officer)

        officers = OfficerLine(lane=settings.lane, token=token, obeyed=obeyed, clock=clock)
        devices = _devices(settings, simulated)
        guidance = Guidance(
            consented=consent.answer,
            officers=officers,
            signals=Signals(devices.lights, devices.voice),
            speaks=settings.voice,
        )
        program = LaneProgram(
            lane=settings.kind,
            devices=devices,
            passages=Passages(ledger),
            engine=ReferenceEngine(),
            policy=_POLICY,
            clock=clock,
            direction=settings.way,
            show=guidance.show,
            consent=consent,
        )
        server = await guidance.serve(settings.page)
        port = server.sockets[0].getsockname()[1] if server.sockets else settings.page
        said(f"Lane {settings.lane}: guidance on http://127.0.0.1:{port}/")
        said(f"The officer's token is in {settings.folder / 'officer-token'}")
        simulated.listen(program.tell)
        tasks = [asyncio.create_task(program.run())]
        try:
            if settings.centre is None:
                program.take_lists(_simulated_lists(settings, world, guests, own_key=key_of_token(token), clock=clock))
                tasks.append(asyncio.create_task(_watch(program, None)))
            else:
                tasks += _with_centre(settings, settings.centre, program, ledger, clock)
            program.tell(Event.OPEN)
            tasks.append(asyncio.create_task(_let_come(program, simulated, guests, settings.simulated)))
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            server.close()
            await server.wait_closed()


def _devices(settings: Settings, simulated: SimulatedLane) -> Devices:
    """All simulated, but for a door controller that the settings name."""
    if settings.controller is None:
        return simulated.devices()
    host, _, port = settings.controller.rpartition(":")
    controller = ModbusController(host, int(port))
    return replace(simulated.devices(), controller=controller, lights=ModbusLights(controller))


def _people(world: LaneWorld, settings: Simulated) -> list[Guest]:
    nationalities = settings.nationalities
    return [
        world.guest(nationalities[place % len(nationalities)], settings.seed * 100 + place) for place in range(_PEOPLE)
    ]


def _is_national(guest: Guest, profile: Profile, on: date) -> bool:
    return parse_mrz(guest.zone, on=on).nationality == profile.agency.state


async def _let_come(program: LaneProgram, simulated: SimulatedLane, guests: list[Guest], settings: Simulated) -> None:
    coming: Iterator[Guest] = (guests[place % len(guests)] for place in count())
    came = 0
    while settings.every_s and (not settings.travellers or came < settings.travellers):
        await asyncio.sleep(settings.every_s)
        state = program.situation.state
        if state is State.IDLE:
            guest = next(coming)
            if program.lane.topology is Topology.GATE:
                simulated.tokens[guest.zone] = await asyncio.to_thread(read_at_kiosk, guest, SystemClock().now())
            simulated.come(guest)
            came += 1
        elif state in (State.SENT_TO_DESK, State.SENT_TO_GATE):
            simulated.leave()
    if not settings.every_s:
        await asyncio.Event().wait()
    await asyncio.sleep(settings.pace_s + _SETTLES_S)
    while program.situation.state not in (State.IDLE, State.CLOSED, State.HANDED_OVER):
        if program.situation.state in (State.SENT_TO_DESK, State.SENT_TO_GATE):
            simulated.leave()
        await asyncio.sleep(0.05)


def _simulated_lists(
    settings: Settings, world: LaneWorld, guests: list[Guest], *, own_key: bytes, clock: Clock
) -> Judge:
    nationals = [each for each in guests if _is_national(each, world.profile, clock.now().date())]
    known = [(each, Status.NATIONAL, settings.simulated.enrolled) for each in nationals]
    lists = world.lists(
        lane=settings.lane, port=settings.port, own_key=own_key, hours=settings.lists_hours, known=known
    )
    return Judge(lists, own_key=own_key, clock=clock)


def _with_centre(
    settings: Settings, centre: Centre, program: LaneProgram, ledger: Ledger, clock: Clock
) -> list[asyncio.Task[None]]:
    """The lists of a real centre, and the way to it. Raises `UnreadableError` where the lane is not the registered."""
    registration = Registration.load(centre.registration)
    if registration.device != settings.lane:
        raise UnreadableError(
            "the settings are of %(lane)s, the registration of %(device)s",
            lane=settings.lane,
            device=registration.device,
        )
    lists = ListsFile(centre.lists, key=centre.key, registration=registration, ledger=ledger, clock=clock)
    sending = deliver(ledger.file, address=centre.address, registration=registration, clock=clock)
    return [asyncio.create_task(_watch(program, lists)), asyncio.create_task(sending)]


async def _watch(program: LaneProgram, lists: ListsFile | None) -> None:
    while True:
        if lists is not None and (judge := lists.newer()) is not None:
            program.take_lists(judge)
        program.look_at_lists()
        await asyncio.sleep(LOOKS_S)


def _waiting(settings: Settings) -> list[Guest]:
    """The travellers who wait in a folder of the demo, for this direction."""
    folder = settings.simulated.documents
    found: list[Guest] = []
    if folder is not None:
        line = Line(folder, settings.direction)
        while len(found) < _MOST_WAITING and (each := line.next()) is not None:
            found.append(Guest(each.mrz, each.chip, each.live_image or b""))
    if not found:
        raise UnreadableError("nobody waits in %(folder)s: gatehouse demo lets people come", folder=str(folder))
    return found


def _token(folder: Path) -> str:
    """The officer's token of this lane, made once; for its owner alone."""
    file = folder / "officer-token"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not file.exists():
            held = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            os.write(held, secrets.token_urlsafe(32).encode())
            os.close(held)
        return file.read_text().strip()
    except OSError as error:
        raise UnreadableError("%(name)s cannot be read: %(cause)s", name=str(file), cause=error.strerror) from error

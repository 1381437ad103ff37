"""The lane's program: one traveller after the other. What happens goes through one queue, each step in order."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Coroutine
from contextvars import ContextVar
from dataclasses import replace
from typing import Any

from gatehouse.biometrics.comparing import Policy
from gatehouse.biometrics.engine import FaceEngine
from gatehouse.device.events import Crossed
from gatehouse.device.examination import DocumentReading
from gatehouse.device.words import Direction
from gatehouse.documents.chip.access import MrzKey
from gatehouse.documents.chip.reading import attempt
from gatehouse.documents.mrz import parse_mrz
from gatehouse.gates.devices import READING, Devices, DoorName
from gatehouse.gates.enrolment import Consent, enrolled
from gatehouse.gates.faces import NO_FACE, compared
from gatehouse.gates.judging import Judge
from gatehouse.gates.machine import Effect, Event, Lane, Situation, State, Topology, beginning, step
from gatehouse.gates.machine.limits import LIMITS
from gatehouse.gates.passages import Passages
from gatehouse.gates.tokens import hand_on, read_before
from gatehouse.gates.view import Traveller, View
from gatehouse.kernel.clock import Clock
from gatehouse.kernel.errors import GatehouseError, RefusedError
from gatehouse.kernel.results import Result
from gatehouse.law.egate import Direction as Way

_log = logging.getLogger(__name__)
_DOORS = {
    Effect.OPEN_ENTRY: (DoorName.ENTRY, True),
    Effect.CLOSE_ENTRY: (DoorName.ENTRY, False),
    Effect.OPEN_EXIT: (DoorName.EXIT, True),
    Effect.CLOSE_EXIT: (DoorName.EXIT, False),
}
#: In which state a work was begun that now says something: what comes after the lane has left it says nothing any more.
_BORN: ContextVar[State | None] = ContextVar("born", default=None)
#: Pictures are taken until one agrees, so many at most.
_LOOKS = 5
#: Seconds between two words of a lane on whether it could serve.
SAYS_EVERY_S = 300.0
#: Where the word could not be written it is tried again after so many seconds.
_AGAIN_S = 30.0
#: States of which the ledger says that the lane was in them.
_TOLD = frozenset({State.CLOSED, State.IDLE, State.HANDED_OVER, State.EMERGENCY, State.SENT_TO_DESK})


class LaneProgram:
    """`run` until cancelled. `passages` is the lane's ledger; `engine` and `policy` compare faces."""

    def __init__(
        self,
        *,
        lane: Lane,
        devices: Devices,
        passages: Passages,
        engine: FaceEngine,
        policy: Policy,
        clock: Clock,
        direction: Direction,
        show: Callable[[View], None] = lambda _: None,
        limits: dict[State, float] | None = None,
        consent: Consent | None = None,
    ) -> None:
        self.lane, self._devices, self._passages = lane, devices, passages
        self._engine, self._policy, self._clock = engine, policy, clock
        self._direction, self._show = direction, show
        self._limits, self._consent = LIMITS if limits is None else limits, consent or Consent()
        self._events: asyncio.Queue[tuple[Event, bool, State | None]] = asyncio.Queue()
        self._work: set[asyncio.Task[None]] = set()
        self._timer: asyncio.TimerHandle | None = None
        self.judge: Judge | None = None
        self.traveller = Traveller()
        self.situation = Situation()
        #: Whether the lane said of itself that it could serve, and when its word has to be said again (of the loop).
        self._able_said: bool | None = None
        self._due = 0.0
        #: Milliseconds from the zone to the opened exit, of each traveller who was cleared.
        self.cleared_ms: list[float] = []

    @property
    def direction(self) -> Direction:
        if not self.situation.reversed:
            return self._direction
        return Direction.EXIT if self._direction is Direction.ENTRY else Direction.ENTRY

    def tell(self, event: Event) -> None:
        """Something happened. Called in the loop of `run`."""
        self._events.put_nowait((event, False, _BORN.get()))

    def obey(self, command: Event, officer: str) -> None:
        """What an officer says is written with their name and then done, whatever the disk says but a release."""
        try:
            serial = self.judge.lists.serial if self.judge else 0
            self._passages.tell(self.situation, serial, officer=officer, command=command.name.lower())
        except GatehouseError as error:
            _log.error("%s", error)
            if command is Event.RELEASE:
                return
        self.tell(command)

    def take_lists(self, judge: Judge) -> None:
        """Judge by these from now on."""
        self.judge = judge
        self.tell(Event.LISTS_FRESH)

    def look_at_lists(self) -> None:
        """Close the lane where they have grown too old. To be called now and then."""
        if self.situation.lists_fresh and (self.judge is None or not self.judge.is_fresh()):
            self.tell(Event.LISTS_OLD)

    async def run(self) -> None:
        running = [asyncio.create_task(self._watched(device.run(self.tell))) for device in self._devices.all()]
        running.append(asyncio.create_task(self._watched(self._speak())))
        try:
            started = beginning(self.lane)
            self.situation = started.situation
            await self._perform(started.effects)
            while True:
                event, enrols, born = await self._events.get()
                if born is None or born is self.situation.state:
                    await self._happened(event, enrols=enrols)
        finally:
            if self._timer:
                self._timer.cancel()
            for task in (*running, *self._work):
                task.cancel()
            await asyncio.gather(*running, *self._work, return_exceptions=True)

    async def _watched(self, running: Coroutine[Any, Any, None]) -> None:
        try:
            await running
        except GatehouseError as error:
            _log.warning("a device stopped: %s", error)
            self.tell(Event.DOOR_FAULT)
        except Exception:  # a mistake of this program: nobody passes a lane that has lost a part of itself
            _log.exception("a part of the lane ended")
            self.tell(Event.DOOR_FAULT)

    async def _happened(self, event: Event, *, enrols: bool = False) -> None:
        before = self.situation
        done = step(self.lane, before, event, enrols=enrols)
        self.situation = done.situation
        if self.situation.state is not before.state or event is Event.TIMEOUT:
            self._arm()
        if self.situation.state is not before.state:
            for task in self._work:
                task.cancel()
        await self._perform(done.effects)
        if self.situation.is_able is not self._able_said or (
            self.situation.state is not before.state and self.situation.state in _TOLD
        ):
            self._note()
        self._show(self.view)

    @property
    def view(self) -> View:
        judgement = self.traveller.judgement
        return View(
            situation=self.situation,
            obstacles=judgement.obstacles if judgement else (),
            direction=self.direction,
            nationality=self.traveller.nationality,
            document=self.traveller.document,
            chip_face=judgement.face if judgement else None,
            live_face=self.traveller.live,
        )

    def _note(self) -> None:
        now = asyncio.get_running_loop().time()
        says = self.situation.is_able is not self._able_said or now >= self._due
        try:
            serial = self.judge.lists.serial if self.judge else 0
            self._passages.tell(self.situation, serial, every_s=SAYS_EVERY_S if says else 0)
        except GatehouseError as error:  # what is not recorded opens no door
            _log.warning("%s", error)
            return
        if says:
            self._able_said, self._due = self.situation.is_able, now + SAYS_EVERY_S

    def say(self) -> None:
        """Write the lane's word on itself now, before it is due."""
        self._due = 0.0
        self._note()

    async def _speak(self) -> None:
        """The lane's word on itself while nothing happens: who is silent is not known to be able."""
        while True:
            await asyncio.sleep(max(_AGAIN_S, self._due - asyncio.get_running_loop().time()))
            if asyncio.get_running_loop().time() >= self._due:
                self._note()

    def _arm(self) -> None:
        if self._timer:
            self._timer.cancel()
            self._timer = None
        seconds = self._limits.get(self.situation.state)
        if seconds is not None:
            self._timer = asyncio.get_running_loop().call_later(seconds, self.tell, Event.TIMEOUT)

    async def _perform(self, effects: tuple[Effect, ...]) -> None:
        for effect in effects:
            if effect in _DOORS:
                await self._move(*_DOORS[effect])
            else:
                await self._one(effect)

    async def _move(self, door: DoorName, opens: bool) -> None:
        try:
            await self._devices.controller.move(door, opens=opens)
        except GatehouseError as error:
            _log.warning("the %s door: %s", door, error)
            self.tell(Event.DOOR_FAULT)

    async def _one(self, effect: Effect) -> None:
        match effect:
            case Effect.READ_MRZ:
                self.traveller = Traveller()
                self._begin(self._read_zone())
            case Effect.READ_CHIP_AND_OPTICAL:
                self._begin(self._read_chip())
                self._begin(self._read_page())
            case Effect.CHECK:
                self._begin(self._check())
            case Effect.COMPARE_FACE:
                self._begin(self._compare_face())
            case Effect.COMPARE_FINGER:
                self._begin(self._compare_finger())
            case Effect.ENROL:
                self._begin(self._enrolled())
            case Effect.REVERSE:
                await self._devices.controller.reverse()
            case Effect.FORGET:
                self.traveller = Traveller()
            case _:
                self._write(effect)

    def _write(self, effect: Effect) -> None:
        """What goes into the ledger. The exit waits for `COMMITTED`."""
        try:
            match effect:
                case Effect.RECORD:
                    passage = Crossed(direction=self.direction, crossed_at=self._clock.now(), mrz=self.traveller.zone)
                    self._passages.record(passage)
                    self.tell(Event.COMMITTED)
                    if self.traveller.begun:
                        self.cleared_ms.append((time.perf_counter() - self.traveller.begun) * 1000)
                case Effect.CONFIRM:
                    self._passages.confirm()
                case Effect.VOID:
                    self._passages.void()
                case Effect.DOUBT:
                    self._passages.doubt()
                case Effect.RECORD_UNCLEARED:
                    self._passages.uncleared(self.direction, self._clock.now(), self.situation)
        except (GatehouseError, ValueError) as error:
            _log.error("%s: %s", effect, error)
            self.tell(Event.COMMIT_FAILED if effect is Effect.RECORD else Event.DOOR_FAULT)

    def _begin(self, work: Coroutine[Any, Any, None]) -> None:
        """Work for the state that the lane is in; given up when it leaves it."""
        before = _BORN.set(self.situation.state)
        task = asyncio.create_task(work)
        _BORN.reset(before)
        self._work.add(task)
        task.add_done_callback(self._work.discard)

    async def _read_zone(self) -> None:
        self.traveller.begun = time.perf_counter()
        try:
            zone = await self._devices.reader.zone()
            self._know(zone)
        except GatehouseError:
            self.tell(Event.UNREADABLE)
            return
        self.tell(Event.MRZ_READ)

    def _know(self, zone: str) -> None:
        read = parse_mrz(zone, on=self._clock.now().date())
        self.traveller.zone, self.traveller.nationality = zone, read.nationality
        self.traveller.document = f"{read.document_code} {read.issuer} {read.document_number}"

    async def _read_chip(self) -> None:
        try:
            transport = await self._devices.reader.chip()
            if transport is not None:
                key = MrzKey.from_mrz(parse_mrz(self.traveller.zone, on=self._clock.now().date()))
                reading = await asyncio.to_thread(attempt, transport, key, policy=READING)
                self.traveller.files = dict(reading.files)
        except GatehouseError as error:
            _log.info("the chip: %s", error)
        self.tell(Event.CHIP_READ)

    async def _read_page(self) -> None:
        try:
            await self._devices.reader.optical()
        except GatehouseError as error:
            _log.info("the page: %s", error)
        self.tell(Event.OPTICAL_READ)

    async def _check(self) -> None:
        judge = self.judge
        if judge is None:
            self.tell(Event.REFER)
            return
        reading = DocumentReading(mrz=self.traveller.zone, read_at=self._clock.now(), files=self.traveller.files)
        if self.lane.topology is Topology.GATE:
            try:
                reading = await read_before(self._devices.tokens, self._clock.now())
                self._know(reading.mrz)
            except GatehouseError as error:
                _log.info("%s", error)
                self.tell(Event.REFER)
                return
            self.traveller.files, self.traveller.begun = dict(reading.files), time.perf_counter()
        try:
            height = await self._devices.camera.height_cm()
        except GatehouseError:
            height = None
        way = Way.ENTRY if self.direction is Direction.ENTRY else Way.EXIT
        judgement = await asyncio.to_thread(judge.judge, reading, direction=way, height_cm=height)
        if judgement.clear and judgement.face is None:
            judgement = replace(judgement, obstacles=(NO_FACE,))
        self.traveller.judgement = judgement
        if judgement.clear and self.lane.topology is Topology.KIOSK:
            try:
                await hand_on(self._devices.tokens, reading)
            except GatehouseError as error:
                _log.warning("%s", error)
                self.tell(Event.REFER)
                return
        self._events.put_nowait((Event.CLEAR if judgement.clear else Event.REFER, judgement.enrols, _BORN.get()))

    async def _compare_face(self) -> None:
        known = self.traveller.judgement.face if self.traveller.judgement else None
        for _ in range(_LOOKS):
            try:
                look = await self._devices.camera.look()
            except GatehouseError:
                continue
            if look.people > 1:
                self.tell(Event.TWO_FACES)
                return
            self.traveller.live = look.picture
            if look.attack or known is None:
                self.tell(Event.ATTACK if look.attack else Event.NOT_MATCHED)
                return
            found = await asyncio.to_thread(compared, self._engine, self._policy, known, look.picture)
            if found is None:
                continue
            if found.attack_alarm:
                self.tell(Event.ATTACK)
                return
            if found.result is Result.SUCCESSFUL:
                self.traveller.compared = found
                self.tell(Event.MATCHED)
                return
        self.tell(Event.NOT_MATCHED)

    async def _compare_finger(self) -> None:
        """No engine of fingerprints is built in: without one nothing is matched, and an officer looks."""
        try:
            if self._devices.scanner is None:
                raise RefusedError("this lane has no fingerprint scanner")
            await self._devices.scanner.finger()
        except GatehouseError as error:
            _log.info("the finger: %s", error)
        self.tell(Event.NOT_MATCHED)

    async def _enrolled(self) -> None:
        """The face agreed with the chip before this state; without consent nothing is enrolled and an officer helps."""
        answer = await self._consent.ask()
        traveller = self.traveller
        try:
            said = enrolled(
                answer=answer,
                at=self._clock.now(),
                zone=traveller.zone,
                live=traveller.live,
                found=traveller.compared,
                centre=self.judge.lists.enrolment_key if self.judge else "",
            )
            self._passages.enrol(said)
        except (GatehouseError, ValueError) as error:
            _log.info("no enrolment: %s", error)
            self.tell(Event.NOT_ENROLLED)
            return
        self.tell(Event.ENROLLED)

"""The controller of a lane's doors and sensors over Modbus TCP, the wire that door controllers of any maker speak.

Coils, which the lane writes: 0 entry open, 1 exit open, 2 reversed. Discrete inputs, which it polls: 0 entry shut,
1 exit shut, 2 somebody inside, 3 more than one inside, 4 object left, 5 fire, 6 power, 7 fault. Input registers: 0 how
many entered, 1 how many passed the exit, each modulo 65536, so that nobody is missed between two polls. Holding
register 0 is the lane's pulse: a controller that misses it for a second keeps its doors shut, but for fire. Holding
register 3 is the lamps: 0 usual, 1 go on, 2 go elsewhere, 3 stop.

Modbus authenticates nobody: the wire is the lane's own, inside its casing.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass

from pymodbus.client import AsyncModbusTcpClient
from pymodbus.exceptions import ModbusException
from pymodbus.pdu import ModbusPDU

from gatehouse.gates.devices import Controller, DeviceFaultError, DoorName, Lights, Tell, Tone
from gatehouse.gates.machine import Event

COILS = {DoorName.ENTRY: 0, DoorName.EXIT: 1}
REVERSED, PULSE, LAMPS = 2, 0, 3
INPUTS, COUNTERS = 8, 2
_POLL_S, _PATIENCE_S, _AGAIN_S = 0.02, 1.0, 0.5
_WRAPS = 65536


@dataclass(frozen=True, slots=True)
class Sensed:
    """One poll."""

    entry_shut: bool
    exit_shut: bool
    inside: bool
    crowded: bool
    object_left: bool
    fire: bool
    power: bool
    fault: bool
    entered: int
    passed: int


class ModbusController(Controller):
    """`host` and `port` of the controller. It is asked again and again where it does not answer."""

    name = "Modbus controller"

    def __init__(self, host: str, port: int) -> None:
        self._client = AsyncModbusTcpClient(host, port=port, timeout=_PATIENCE_S, retries=0, reconnect_delay=0)
        self._turn = asyncio.Lock()
        self._told: dict[DoorName, bool] = {DoorName.ENTRY: False, DoorName.EXIT: False}
        self._known: Sensed | None = None
        #: Doors of which it is to be said anew that they are shut.
        self._ask_again: set[DoorName] = set()
        self._pulse = 0

    async def move(self, door: DoorName, *, opens: bool) -> None:
        self._told[door] = opens
        await self._write(COILS[door], opens)
        if not opens:
            self._ask_again.add(door)

    async def light(self, lamps: int) -> None:
        async with self._turn:
            await self._asked(lambda: self._client.write_register(LAMPS, lamps))

    async def reverse(self) -> None:
        async with self._turn:
            found = await self._asked(lambda: self._client.read_coils(REVERSED, count=1))
        await self._write(REVERSED, not found.bits[0])

    async def run(self, tell: Tell) -> None:
        silent = False
        try:
            while True:
                try:
                    self._compare(await self._sense(), tell)
                    silent = False
                except DeviceFaultError:
                    if not silent:
                        tell(Event.DOOR_FAULT)
                    silent, self._known = True, None
                    await asyncio.sleep(_AGAIN_S)
                await asyncio.sleep(_POLL_S)
        finally:
            self._client.close()

    async def _sense(self) -> Sensed:
        self._pulse = (self._pulse + 1) % _WRAPS
        async with self._turn:
            inputs = await self._asked(lambda: self._client.read_discrete_inputs(0, count=INPUTS))
            counters = await self._asked(lambda: self._client.read_input_registers(0, count=COUNTERS))
            await self._asked(lambda: self._client.write_register(PULSE, self._pulse))
        return Sensed(*inputs.bits[:INPUTS], *counters.registers[:COUNTERS])

    def _compare(self, now: Sensed, tell: Tell) -> None:
        before = self._known
        self._known = now
        for event in self._events(before, now):
            tell(event)

    def _events(self, before: Sensed | None, now: Sensed) -> Iterator[Event]:
        if before is not None:
            yield from (Event.PASSED for _ in range((now.passed - before.passed) % _WRAPS))
            if now.entered != before.entered:
                yield Event.ENTERED
        if now.crowded and not (before and before.crowded):
            yield Event.TAILGATING
        if not now.inside and before is not None and before.inside:
            yield Event.VACANT
        if now.object_left and not (before and before.object_left):
            yield Event.OBJECT_LEFT
        if now.fire and not (before and before.fire):
            yield Event.FIRE
        if now.fault and not (before and before.fault):
            yield Event.DOOR_FAULT
        if not now.power and (before is None or before.power):
            yield Event.POWER_LOST
        if now.power and before is not None and not before.power:
            yield Event.POWER_BACK
        yield from self._door(DoorName.ENTRY, before.entry_shut if before else None, now.entry_shut)
        yield from self._door(DoorName.EXIT, before.exit_shut if before else None, now.exit_shut)

    def _door(self, door: DoorName, before: bool | None, now: bool) -> Iterator[Event]:
        entry = door is DoorName.ENTRY
        if now and not self._told[door] and (before is not True or door in self._ask_again):
            self._ask_again.discard(door)
            yield Event.ENTRY_SHUT if entry else Event.EXIT_SHUT
        if not now and before and not self._told[door] and door not in self._ask_again:
            yield Event.ENTRY_AJAR if entry else Event.EXIT_AJAR

    async def _write(self, coil: int, value: bool) -> None:
        async with self._turn:
            await self._asked(lambda: self._client.write_coil(coil, value))

    async def _asked(self, ask: Callable[[], Awaitable[ModbusPDU]]) -> ModbusPDU:
        """The answer. Raises `DeviceFaultError` where there is none, or it is an exception of the protocol."""
        try:
            if not self._client.connected and not await self._client.connect():
                raise DeviceFaultError("the door controller cannot be reached")
            found = await ask()
            _require_wanted()
        except (ModbusException, OSError) as error:
            _require_wanted()
            raise DeviceFaultError("the door controller does not answer: %(cause)s", cause=str(error)) from error
        if found.isError():
            raise DeviceFaultError("the door controller does not answer: %(cause)s", cause=str(found))
        return found


def _require_wanted() -> None:
    """The client waits by `asyncio.wait_for`, which before Python 3.12 loses a cancellation that comes with the answer
    (cpython 86296): whoever asked would go on for ever."""
    task = asyncio.current_task()
    if task is not None and task.cancelling():
        raise asyncio.CancelledError


class ModbusLights(Lights):
    """The lamps on the wire of the doors."""

    name = "Modbus lights"

    def __init__(self, controller: ModbusController) -> None:
        self._controller = controller

    async def show(self, tone: Tone) -> None:
        await self._controller.light(list(Tone).index(tone))

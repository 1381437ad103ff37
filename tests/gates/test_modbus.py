"""The door controller over Modbus TCP, against a server that is a process of its own."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from pymodbus.client import AsyncModbusTcpClient
from tests.asynchronous import run
from tests.gates.running import Running, guest, running

from gatehouse.gates.devices import DeviceFaultError, DoorName, Tone
from gatehouse.gates.machine import Event, State
from gatehouse.gates.modbus import LAMPS, ModbusController, ModbusLights
from gatehouse.gates.modbus_plant import FIRE, LEFT, NO_POWER, STUCK

pytestmark = pytest.mark.real


class Plant:
    """The server in its own process."""

    def __init__(self) -> None:
        self.port = 0
        self.start()

    def start(self) -> None:
        command = [sys.executable, "-m", "gatehouse.gates.modbus_plant", str(self.port)]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout is not None
        self.port = int(self.process.stdout.readline())

    def kill(self) -> None:
        self.process.kill()
        self.process.wait(10)
        assert self.process.stdout is not None
        self.process.stdout.close()


@pytest.fixture
def plant() -> Iterator[Plant]:
    started = Plant()
    yield started
    started.kill()


@asynccontextmanager
async def told(plant: Plant, **registers: int) -> AsyncIterator[AsyncModbusTcpClient]:
    client = AsyncModbusTcpClient("127.0.0.1", port=plant.port)
    assert await client.connect()
    for name, value in registers.items():
        await client.write_register({"waiting": 1, "wrong": 2}[name], value)
    try:
        yield client
    finally:
        client.close()


@asynccontextmanager
async def lane_of(plant: Plant, folder: Path) -> AsyncIterator[Running]:
    controller = ModbusController("127.0.0.1", plant.port)
    async with running(folder, controller=controller) as lane:
        lane.simulated.listen(lane.program.tell)
        await lane.reach(State.IDLE)
        yield lane


def test_a_clearance_by_real_coils_and_contacts(plant: Plant, tmp_path: Path) -> None:
    async def walk() -> None:
        async with lane_of(plant, tmp_path) as lane:
            for _ in range(2):
                async with told(plant, waiting=1):
                    assert await lane.pass_by(guest("JPN", 12)) is State.IDLE
            assert lane.kinds() == ["crossing", "passed"] * 2
            async with told(plant) as client:
                assert (await client.read_input_registers(0, count=2)).registers == [2, 2]
                assert (await client.read_discrete_inputs(0, count=2)).bits[:2] == [True, True]

    run(walk())


def test_an_exit_that_is_stuck_is_handed_over_and_the_passage_voided(plant: Plant, tmp_path: Path) -> None:
    async def walk() -> None:
        async with lane_of(plant, tmp_path) as lane, told(plant, waiting=1, wrong=STUCK):
            assert await lane.pass_by(guest("JPN", 12)) is State.HANDED_OVER
            await lane.until(lambda: lane.kinds() == ["crossing", "not_passed"])
            assert lane.program.situation.trouble in (Event.DOOR_FAULT, Event.TIMEOUT)

    run(walk())


@pytest.mark.parametrize(
    ("wrong", "state"), [(FIRE, State.EMERGENCY), (NO_POWER, State.CLOSED), (LEFT, State.HANDED_OVER)]
)
def test_contacts_of_the_hall_are_heard(plant: Plant, tmp_path: Path, wrong: int, state: State) -> None:
    async def walk() -> None:
        async with lane_of(plant, tmp_path) as lane, told(plant, wrong=wrong):
            assert await lane.reach(state) is state

    run(walk())


def test_a_controller_that_is_gone_closes_the_lane_until_an_officer_resets_it(plant: Plant, tmp_path: Path) -> None:
    async def walk() -> None:
        async with lane_of(plant, tmp_path) as lane:
            plant.kill()
            await lane.until(lambda: not lane.program.situation.doors_work)
            with pytest.raises(DeviceFaultError, match=r"cannot be reached|does not answer"):
                await ModbusController("127.0.0.1", plant.port).move(DoorName.EXIT, opens=False)
            plant.start()
            await asyncio.sleep(1)
            lane.program.tell(Event.RESET)
            assert await lane.reach(State.IDLE)

    run(walk())


def test_the_lamps_are_a_register(plant: Plant) -> None:
    async def walk() -> list[int]:
        controller = ModbusController("127.0.0.1", plant.port)
        lights, polling = ModbusLights(controller), asyncio.create_task(controller.run(lambda _: None))
        shown: list[int] = []
        async with told(plant) as client:
            for tone in (Tone.GOOD, Tone.OTHER, Tone.STOP, Tone.USUAL):
                await lights.show(tone)
                shown += (await client.read_holding_registers(LAMPS, count=1)).registers
        polling.cancel()
        await asyncio.gather(polling, return_exceptions=True)
        return shown

    assert run(walk()) == [1, 2, 3, 0]


def test_a_lane_that_is_ended_ends_whatever_it_was_asking(plant: Plant, tmp_path: Path) -> None:
    async def walk() -> int:
        ended = 0
        for number in range(40):
            controller = ModbusController("127.0.0.1", plant.port)
            await controller.move(DoorName.ENTRY, opens=False)  # connected
            polling = asyncio.create_task(controller.run(lambda _: None))
            moving = asyncio.create_task(_moved_again_and_again(controller))
            await asyncio.sleep(0.02 + number / 4000)
            async with asyncio.timeout(5):
                for task in (moving, polling):  # the poll closes the connection
                    task.cancel()
                    await asyncio.gather(task, return_exceptions=True)
            ended += polling.cancelled() and moving.cancelled()
        return ended

    assert run(walk()) == 40


async def _moved_again_and_again(controller: ModbusController) -> None:
    while True:
        await controller.move(DoorName.ENTRY, opens=False)

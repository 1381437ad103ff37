"""A door controller that is simulated, as a Modbus TCP server of its own: `python -m gatehouse.gates.modbus_plant`.

Doors follow their coils, after a while; people follow the doors. Holding register 1 says how many people wait before
the entry, 2 what is wrong: 1 the exit is stuck, 2 fire, 4 a power failure, 8 something was left. It prints its port.
"""

from __future__ import annotations

import asyncio
import sys
from dataclasses import dataclass, field
from typing import Any

from pymodbus.server import ModbusTcpServer
from pymodbus.simulator import DataType, SimData, SimDevice

#: Function codes of the protocol, and the one unit.
_COILS, _INPUTS, _HOLDING, _REGISTERS, _WRITE, _UNIT = 1, 2, 3, 4, 16, 1
_STEP_S = 0.01
#: Steps that a door takes, and after which a silent lane's doors are shut.
_DOOR_STEPS, _SILENT_STEPS = 5, 100
STUCK, FIRE, NO_POWER, LEFT = 1, 2, 4, 8


@dataclass
class _Plant:
    server: ModbusTcpServer
    open: list[bool] = field(default_factory=lambda: [False, False])
    moving: list[int] = field(default_factory=lambda: [0, 0])
    inside: int = 0
    entered: int = 0
    passed: int = 0
    pulse: int = -1
    silent: int = 0

    async def step(self) -> None:
        told = list(await self.server.async_getValues(_UNIT, _COILS, 0, 2))
        pulse, waiting, wrong = await self.server.async_getValues(_UNIT, _HOLDING, 0, 3)
        self.silent = 0 if pulse != self.pulse else self.silent + 1
        self.pulse = pulse
        if self.silent > _SILENT_STEPS:
            told = [False, False]
        if wrong & FIRE:
            told = [True, True]
        for door in (0, 1):
            self._move(door, bool(told[door]), stuck=door == 1 and bool(wrong & STUCK))
        if self.open[0] and waiting and not self.inside:
            self.inside, self.entered = 1, (self.entered + 1) % 65536
            await self.server.async_setValues(_UNIT, _WRITE, 1, [waiting - 1])
        elif self.open[1] and self.inside:
            self.inside, self.passed = self.inside - 1, (self.passed + 1) % 65536
        seen = [
            not self.open[0] and not self.moving[0],
            not self.open[1] and not self.moving[1],
            self.inside > 0,
            self.inside > 1,
            bool(wrong & LEFT),
            bool(wrong & FIRE),
            not wrong & NO_POWER,
            bool(wrong & STUCK) and bool(told[1]),
        ]
        await self.server.async_setValues(_UNIT, _INPUTS, 0, seen)
        await self.server.async_setValues(_UNIT, _REGISTERS, 0, [self.entered, self.passed])

    def _move(self, door: int, opens: bool, *, stuck: bool) -> None:
        if self.open[door] == opens or stuck:
            self.moving[door] = 0
            return
        self.moving[door] += 1
        if self.moving[door] >= _DOOR_STEPS:
            self.open[door], self.moving[door] = opens, 0


async def serve(port: int) -> None:
    device = SimDevice(
        _UNIT,
        simdata=(
            [SimData(0, count=3, values=False, datatype=DataType.BITS)],
            [SimData(0, count=8, values=False, datatype=DataType.BITS)],
            [SimData(0, count=4, values=0, datatype=DataType.REGISTERS)],
            [SimData(0, count=2, values=0, datatype=DataType.REGISTERS)],
        ),
    )
    server = ModbusTcpServer(device, address=("127.0.0.1", port))
    plant = _Plant(server)
    await plant.step()
    await server.listen()
    listening: Any = server.transport
    print(listening.sockets[0].getsockname()[1], flush=True)
    while True:
        await asyncio.sleep(_STEP_S)
        await plant.step()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]) if len(sys.argv) > 1 else 0))

"""Travellers through the real lane, and its ledger to the real centre: `make faults` asks for 1,000."""

from __future__ import annotations

import asyncio
import os
from collections import Counter
from pathlib import Path

import pytest
from tests.asynchronous import run
from tests.edge.serving import Server
from tests.gates.lanes import LANE
from tests.gates.running import running, world

from gatehouse.border.models import Crossing, DeviceEvent
from gatehouse.device.ledger import Outbox
from gatehouse.device.registration import Registration
from gatehouse.gates.centre import deliver
from gatehouse.gates.machine import Event, State
from gatehouse.kernel.clock import SystemClock
from gatehouse.platform.services import device_register

TRAVELLERS = int(os.environ.get("TRAVELLERS", "20"))


@pytest.mark.real
@pytest.mark.django_db(transaction=True)
def test_travellers_pass_the_real_lane_and_are_recorded_at_the_real_centre(tmp_path: Path) -> None:
    registration = Registration(device=LANE, port="TPE", token=device_register(name=LANE, port="TPE"))
    server, ended = Server("--preload", "--workers=2"), Counter[str]()

    async def day() -> int:
        async with running(tmp_path) as lane:
            address = f"http://127.0.0.1:{server.port}"
            sending = asyncio.create_task(
                deliver(lane.ledger.file, address=address, registration=registration, clock=SystemClock())
            )
            for place in range(TRAVELLERS):
                state = await lane.pass_by(world().guest("JPN", 1000 + 2 * place))
                ended[state.value] += 1
                if state is State.HANDED_OVER:  # a face that the demonstration's engine did not know: an officer looks
                    lane.program.tell(Event.RELEASE)
                    await lane.reach(State.IDLE)
            outbox = Outbox(lane.ledger.file, device=LANE)
            async with asyncio.timeout(120):
                while outbox.backlog.count:
                    await asyncio.sleep(0.1)
            outbox.close()
            sending.cancel()
            await asyncio.gather(sending, return_exceptions=True)
            return lane.simulated.passages

    server.start()
    try:
        passages = run(day())
    finally:
        server.kill()
    print(f"\ntravellers={TRAVELLERS} passages={passages} {dict(ended)} recorded={Crossing.objects.count()}")
    assert passages == Crossing.objects.count() == TRAVELLERS
    assert DeviceEvent.objects.filter(kind="passed", state="recorded").count() == TRAVELLERS
    assert not DeviceEvent.objects.exclude(state="recorded").exists()

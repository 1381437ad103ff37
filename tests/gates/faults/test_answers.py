"""The centre's answer to lanes that have the network: so many travellers a second, as they come, each once.

`make faults` asks for 40 a second for 30 seconds from as many lanes, and prints how long the answers took.
"""

from __future__ import annotations

import asyncio
import os
import time
from datetime import UTC, datetime
from statistics import quantiles

import httpx
import pytest
from tests.asynchronous import run
from tests.edge.serving import serving
from tests.gates.faults.test_drain import zone

from gatehouse.border.models import Crossing
from gatehouse.platform.services import device_register

PER_S = int(os.environ.get("ANSWERS_PER_S", "10"))
SECONDS = int(os.environ.get("ANSWERS_S", "3"))
LANES = 20


async def asked(client: httpx.AsyncClient, lane: str, token: str, sequence: int) -> float:
    """Milliseconds from the moment the traveller was due."""
    begun = time.perf_counter()
    body = {
        "lane": lane,
        "port": "TPE",
        "boot_epoch": 1,
        "sequence": sequence,
        "direction": "exit",
        "crossed_at": datetime.now(UTC).isoformat(),
        "mrz": zone(sequence),
    }
    answer = await client.post("/edge/v1/crossings", json=body, headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 201
    return 1000 * (time.perf_counter() - begun)


async def day(port: int, tokens: dict[str, str]) -> list[float]:
    lanes = list(tokens.items())
    limits = httpx.Limits(max_connections=LANES, max_keepalive_connections=LANES)
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=60, limits=limits) as client:
        for place in range(4 * LANES):  # every worker has loaded the program by then
            await asked(client, *lanes[place % LANES], 90_000_000 + place)
        tasks, begin = [], time.perf_counter()
        for place in range(PER_S * SECONDS):
            await asyncio.sleep(max(0.0, begin + place / PER_S - time.perf_counter()))
            tasks.append(asyncio.create_task(asked(client, *lanes[place % LANES], place + 1)))
        return list(await asyncio.gather(*tasks))


@pytest.mark.real
@pytest.mark.django_db(transaction=True)
def test_travellers_are_answered_as_they_come() -> None:
    tokens = {name: device_register(name=name, port="TPE") for name in (f"TPE-A{lane:02d}" for lane in range(LANES))}
    with serving("--preload", "--workers=3") as server:
        while True:
            try:
                httpx.get(f"http://127.0.0.1:{server.port}/", timeout=5)
                break
            except httpx.HTTPError:
                time.sleep(0.1)
        times = run(day(server.port, tokens))
    cut = quantiles(times, n=100)
    print(
        f"\nanswers={len(times)} per_s={PER_S} p50={cut[49]:.0f}ms p95={cut[94]:.0f}ms p99={cut[98]:.0f}ms "
        f"longest={max(times):.0f}ms"
    )
    assert len(times) == PER_S * SECONDS
    assert Crossing.objects.count() == PER_S * SECONDS + 4 * LANES

"""Telling the centre what the spool holds, after each heartbeat and after the network was away."""

from __future__ import annotations

import asyncio
import json

import httpx

from gatehouse.device.delivery import Backoff
from gatehouse.device.identity import IdentitySettings, connected
from gatehouse.device.telemetry import MOST_RECORDS, tell
from gatehouse.kernel.clock import Clock
from gatehouse.kernel.errors import GatehouseError
from gatehouse.workstations.pairing import Pairing
from gatehouse.workstations.settings import Telemetry
from gatehouse.workstations.telemetry import Spool


async def keep_telling(
    spool: Spool, pairing: Pairing, settings: Telemetry, identity: IdentitySettings | None, *, clock: Clock
) -> None:
    """Until this is cancelled. What the centre does not take now is kept and sent again; no reading waits for it."""
    backoff = Backoff()
    while True:
        try:
            await asyncio.to_thread(_tell_once, spool, pairing, settings, identity, clock=clock)
        except GatehouseError:
            await asyncio.sleep(backoff.failed())
        else:
            backoff.succeeded()
            await asyncio.sleep(settings.heartbeat_s)


def _tell_once(
    spool: Spool, pairing: Pairing, settings: Telemetry, identity: IdentitySettings | None, *, clock: Clock
) -> None:
    """A connection for each heartbeat: half a minute later the old one would have been closed by the other side."""
    address = settings.centre or ""
    with connected(address, identity, device=pairing.desk, token=pairing.token, clock=clock) as client:
        tell_all(spool, pairing, client, clock=clock)


def tell_all(spool: Spool, pairing: Pairing, client: httpx.Client, *, clock: Clock) -> int:
    """Send all that waits; gives how many records were sent. Raises as `gatehouse.device.telemetry.tell`."""
    sent = 0
    while lines := spool.waiting(MOST_RECORDS):
        tell(client, pairing.token, pairing.desk, lines, clock=clock)
        spool.delivered(json.loads(lines[-1])["id"])
        sent += len(lines)
    return sent

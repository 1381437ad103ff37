"""Telling the centre how a device is: records in batches, each known by its id, so that sent twice is told once."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Annotated, Any

import httpx
from pydantic import BaseModel, Field

from gatehouse.device.delivery import ask
from gatehouse.kernel.clock import Clock

ROUTE = "/edge/v1/telemetry"
MOST_RECORDS = 200


class Taken(BaseModel):
    """The centre's answer: how many of the records were new to it."""

    taken: Annotated[int, Field(ge=0)]


def tell(client: httpx.Client, token: str, device: str, lines: Sequence[str], *, clock: Clock) -> Taken:
    """Send records as a spool holds them, a line of JSON each. Raises as `gatehouse.device.delivery.Delivery`."""
    batch = {"device": device, "sent_at": clock.now().isoformat(), "records": [_record(line) for line in lines]}
    return ask(client, token, ROUTE, batch, Taken)


def _record(line: str) -> dict[str, Any]:
    said = json.loads(line)
    return {
        "id": said["id"],
        "kind": said["kind"],
        "at": said["at"],
        "component": said["device"],
        "facts": said["facts"],
        "timings_ms": said["timings_ms"],
    }

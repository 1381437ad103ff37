"""A segregated two-step process: the kiosk reads, the gate behind it compares the face and opens."""

from __future__ import annotations

from datetime import datetime, timedelta

from gatehouse.device.examination import DocumentReading
from gatehouse.gates.devices import Tokens
from gatehouse.kernel.errors import GatehouseError, RefusedError

#: So long somebody may take from the kiosk to the gate.
GOOD_FOR = timedelta(minutes=15)


async def hand_on(tokens: Tokens | None, reading: DocumentReading) -> None:
    """Let the gates know whom the kiosk sends to them. Raises as the device, and `RefusedError` without one."""
    if tokens is None:
        raise RefusedError("this kiosk has no way to its gates")
    await tokens.give(reading)


async def read_before(tokens: Tokens | None, now: datetime) -> DocumentReading:
    """What the kiosk read of whoever stands at the gate. Raises `RefusedError` where that is nothing, or too old."""
    try:
        reading = await tokens.taken() if tokens else None
    except GatehouseError as error:
        raise RefusedError("the kiosk's reading cannot be had: %(cause)s", cause=error.reason) from error
    if reading is None:
        raise RefusedError("no kiosk read this document")
    if not timedelta(0) <= now - reading.read_at <= GOOD_FOR:
        raise RefusedError("the kiosk read this document too long ago")
    return reading

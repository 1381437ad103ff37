"""A lane and its centre: newer lists when there are some, and the ledger delivered whenever it can be."""

from __future__ import annotations

import asyncio
import logging
import random
from datetime import timedelta
from pathlib import Path

import httpx
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from gatehouse.device.bundle import public_key
from gatehouse.device.delivery import BUSY_S, Backoff, BusyCentreError, Delivery, UnreachableError
from gatehouse.device.lane_lists import opened
from gatehouse.device.ledger import Ledger, Outbox
from gatehouse.device.registration import Registration
from gatehouse.gates.judging import Judge
from gatehouse.kernel.clock import Clock
from gatehouse.kernel.errors import GatehouseError

_log = logging.getLogger(__name__)
#: Seconds between two looks at the file of lists, and between two heartbeats of a ledger where nothing waits.
LOOKS_S, _IDLE_S = 1.0, 30.0
#: What the centre has is kept here so long.
_KEPT = timedelta(hours=24)
_SEEN = "highest lists"


class ListsFile:
    """The file of lists, read again when it changes. The highest number that was seen is kept in the ledger."""

    def __init__(self, file: Path, *, key: str, registration: Registration, ledger: Ledger, clock: Clock) -> None:
        self._file, self._lane, self._ledger, self._clock = file, registration, ledger, clock
        self._centre: Ed25519PublicKey = public_key(key)
        self._read: tuple[int, int] | None = None

    def newer(self) -> Judge | None:
        """A judge by lists that were not read yet; None where there are none that this lane takes."""
        try:
            found = self._file.stat()
            if (found.st_mtime_ns, found.st_size) == self._read:
                return None
            self._read = found.st_mtime_ns, found.st_size
            seen = int(self._ledger.recall(_SEEN) or 0)
            lists = opened(
                self._file.read_bytes(),
                centre=self._centre,
                lane=self._lane.device,
                seen=seen,
                now=self._clock.now(),
            )
            judge = Judge(lists, own_key=self._lane.own_key, clock=self._clock)
            if lists.serial > seen:
                self._ledger.keep(_SEEN, str(lists.serial))
        except OSError as error:
            _log.warning("the lists %s: %s", self._file, error.strerror)
            return None
        except GatehouseError as error:
            _log.warning("the lists %s: %s", self._file, error)
            return None
        return judge


async def deliver(ledger: Path, *, address: str, registration: Registration, clock: Clock) -> None:
    """Send the ledger until cancelled. Whatever is cut or killed, nothing is lost and nothing doubled."""
    outbox, backoff = Outbox(ledger, device=registration.device), Backoff()
    try:
        with httpx.Client(base_url=address) as client:
            delivery = Delivery(outbox, client, registration.token)
            while True:
                try:
                    done = await asyncio.to_thread(delivery.deliver_once)
                except BusyCentreError:
                    wait = random.uniform(0, BUSY_S)  # noqa: S311  spreads load, keeps no secret
                except UnreachableError as error:
                    wait = backoff.failed()
                    _log.warning("%s; again in %.1f s", error, wait)
                except GatehouseError as error:
                    wait = _IDLE_S
                    _log.error("%s", error)
                else:
                    backoff.succeeded()
                    wait = 0.0 if done.waiting else LOOKS_S
                    if not done.waiting:
                        outbox.forget_delivered(before=clock.now() - _KEPT)
                await asyncio.sleep(wait)
    finally:
        outbox.close()

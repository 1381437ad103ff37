"""Device and sender as processes that are started quickly: one that has loaded the program forks them on demand.

Each line of standard input is an order: `device SECONDS` (how far its clock is off) or `sender`. The answer is the pid.
A device writes the inspection's id to standard output after each decision that counts: that is when the door opens.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NoReturn

import httpx
from tests.device.made import CENTRE, DEVICE, PASSPHRASE

from gatehouse.device.bundle import Accepted
from gatehouse.device.delivery import Backoff, Delivery, UnreachableError
from gatehouse.device.examination import DocumentReading
from gatehouse.device.ledger import Ledger, Outbox
from gatehouse.device.words import Direction
from gatehouse.documents.mrz import compose_mrz
from gatehouse.kernel.errors import GatehouseError
from gatehouse.workstations.mobile.station import Station


class OffClock:
    def __init__(self, off: float) -> None:
        self._off = timedelta(seconds=off)

    def now(self) -> datetime:
        return datetime.now(UTC) + self._off


def device(folder: Path, off: float) -> NoReturn:
    clock = OffClock(off)
    ledger = _opened(folder, clock)
    station = Station(ledger=ledger, lane=DEVICE, clock=clock)
    station.take_bundle((folder / "bundle").read_bytes(), Accepted(CENTRE.public_key(), DEVICE, 0))
    station.sign_on("chen", PASSPHRASE["chen"])
    while True:
        last = ledger.last
        number = f"K{last.sequence if last else 0:08d}"
        zone = compose_mrz(
            "TD3",
            document_code="P",
            issuer="JPN",
            document_number=number,
            surname="TANAKA",
            given_names="HANAKO",
            nationality="JPN",
            birth_date="1985-03-14",
            sex="F",
            expiry_date="2039-01-31",
        )
        found = station.inspect(DocumentReading(mrz=zone, read_at=clock.now()), direction=Direction.ENTRY)
        station.decide(found.assessment.proposal.kind)
        os.write(1, f"passed {found.id}\n".encode())
        time.sleep(0.01)


def _opened(folder: Path, clock: OffClock) -> Ledger:
    """The one before was killed a moment ago, and the system lets its lock go when it has ended."""
    for _ in range(200):
        try:
            return Ledger(folder / "ledger.sqlite3", device=DEVICE, clock=clock)
        except GatehouseError as error:
            if "another program" not in str(error):
                raise
            time.sleep(0.01)
    raise RuntimeError("the ledger is still locked")


def sender(folder: Path, address: str, token: str) -> NoReturn:
    delivery = Delivery(Outbox(folder / "ledger.sqlite3", device=DEVICE), httpx.Client(base_url=address), token)
    backoff = Backoff(first_s=0.02, longest_s=0.3)
    while True:
        try:
            done = delivery.deliver_once()
        except UnreachableError:
            time.sleep(backoff.failed())
            continue
        backoff.succeeded()
        if not done.waiting:
            time.sleep(0.02)


def main(folder: Path, address: str, token: str) -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # children that were killed are gone at once
    for line in sys.stdin:
        word, _, off = line.strip().partition(" ")
        pid = os.fork()
        if pid == 0:
            try:
                if word == "device":
                    device(folder, float(off))
                sender(folder, address, token)
            except BaseException as error:
                os.write(1, f"died {word}: {type(error).__name__}: {error}\n".encode())
                os._exit(1)
        os.write(1, f"pid {pid}\n".encode())


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3])

"""A device and its sender, each in a process that `tests.edge.crew` forks.

A device writes the inspection's id to standard output after each decision that counts: that is when the door opens.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import NoReturn

from tests.device.made import CENTRE, DEVICE, PASSPHRASE
from tests.edge.crew import OffClock, Worker, fork_on_demand, opened, sending

from gatehouse.device.bundle import Accepted
from gatehouse.device.examination import DocumentReading
from gatehouse.device.words import Direction
from gatehouse.documents.mrz import compose_mrz
from gatehouse.workstations.mobile.station import Station


def device(folder: Path, off: float) -> NoReturn:
    clock = OffClock(off)
    ledger = opened(folder / "ledger.sqlite3", DEVICE, clock)
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


def main(folder: Path, address: str, token: str) -> None:
    workers: dict[str, Worker] = {
        "device": lambda off: device(folder, off),
        "sender": lambda _: sending(folder / "ledger.sqlite3", DEVICE, address, token),
    }
    fork_on_demand(workers)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3])

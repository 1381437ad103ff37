"""The documents of travellers who wait at the demo's desks, as files: read without a database.

They are made once, by `gatehouse demo`, and lie in the folder `demo-reader` of the installation's state, so that no
private key is kept. Each direction has its own line; at its end it begins anew.
"""

from __future__ import annotations

import fcntl
import json
from base64 import b64decode
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

FOLDER = "demo-reader"


@dataclass(frozen=True, slots=True)
class WaitingDocument:
    mrz: str = field(repr=False)
    files: dict[str, bytes] = field(repr=False)
    live_image: bytes = field(repr=False)
    #: What happens with it at a simulated reader, by the words of `workstations.simulated.Mishap`; empty for nothing.
    mishap: str = ""


class Line:
    """Who waits in one direction. Two desks that ask at once get two people."""

    def __init__(self, folder: Path, direction: str) -> None:
        self._folder, self._direction = folder, direction

    def next(self) -> WaitingDocument | None:
        """Whoever is next; None where nobody waits."""
        waiting = sorted(self._folder.glob(f"{self._direction}-*.json"))
        if not waiting:
            return None
        kept: dict[str, Any] = json.loads(waiting[self._take() % len(waiting)].read_text())
        return WaitingDocument(
            mrz=kept["mrz"],
            files={name: b64decode(data) for name, data in kept["files"].items()},
            live_image=b64decode(kept["live_image"]),
            mishap=kept.get("mishap", ""),
        )

    def _take(self) -> int:
        """The place in the line, and the line moves on."""
        with (self._folder / f"{self._direction}.next").open("a+") as counter:
            fcntl.flock(counter, fcntl.LOCK_EX)
            counter.seek(0)
            place = int(counter.read() or 0)
            counter.truncate(0)
            counter.write(str(place + 1))
        return place

"""Which desk this is, and what it shares with the centre."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from gatehouse.device.registration import Registration


@dataclass(frozen=True, slots=True)
class Pairing:
    """The desk's name, as TPE-A12, its key for the console, and its token for the machine API."""

    desk: str
    key: bytes = field(repr=False)
    token: str = field(default="", repr=False)

    @classmethod
    def load(cls, file: Path) -> Pairing:
        """What `gatehouse device register NAME --port PORT --json` printed.

        Raises `UnreadableError` where the file is not there, is something else, or can be read by other users.
        """
        registered = Registration.load(file)
        return cls(registered.device, registered.own_key, registered.token)

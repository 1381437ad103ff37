"""Which desk this is, and what it shares with the centre."""

from __future__ import annotations

import stat
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from gatehouse.device.desk_ticket import key_of_token
from gatehouse.kernel.errors import UnreadableError


class _Registered(BaseModel):
    model_config = ConfigDict(extra="forbid")

    device: str
    port: str
    token: str


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
        try:
            if file.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
                raise UnreadableError("%(file)s can be read by others: chmod 600 %(file)s", file=str(file))
            registered = _Registered.model_validate_json(file.read_bytes())
        except OSError as error:
            raise UnreadableError(
                "%(file)s cannot be read: %(cause)s; gatehouse device register makes it",
                file=str(file),
                cause=error.strerror,
            ) from error
        except ValidationError as error:
            raise UnreadableError(
                "%(file)s is not what gatehouse device register --json prints", file=str(file)
            ) from error
        return cls(registered.device, key_of_token(registered.token), registered.token)

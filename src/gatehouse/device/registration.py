"""What a device was given when it was registered: its name, its port and its token."""

from __future__ import annotations

import stat
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from gatehouse.device.desk_ticket import key_of_token
from gatehouse.kernel.errors import UnreadableError


class Registration(BaseModel):
    """What `gatehouse device register NAME --port PORT --json` printed."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    device: str
    port: str
    token: str

    @classmethod
    def load(cls, file: Path) -> Registration:
        """Raises `UnreadableError` where it is not there, is something else, or can be read by other users."""
        try:
            if file.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
                raise UnreadableError("%(file)s can be read by others: chmod 600 %(file)s", file=str(file))
            return cls.model_validate_json(file.read_bytes())
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

    @property
    def own_key(self) -> bytes:
        return key_of_token(self.token)

"""The settings of a device that works without the centre: those of an agent, and a section of its own."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from gatehouse.device.bundle import Accepted, public_key


class Mobile(BaseModel):
    """The section `[mobile]`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    #: The address of the centre, where the ledger is delivered once there is a network.
    centre: Annotated[str, Field(pattern=r"^https?://[^\s]+$")]
    #: The centre's public key, as `gatehouse device bundle key` prints it.
    centre_key: str
    #: The file of the newest bundle.
    bundle: Path
    #: The ledger; kept on a disk that is encrypted.
    ledger: Path
    #: Hours for which what the centre has is still kept here.
    kept_hours: Annotated[int, Field(ge=0, le=24 * 30)] = 24


def accepted(settings: Mobile, device: str) -> Accepted:
    """What this device asks of a bundle."""
    return Accepted(public_key(settings.centre_key), device, 0)

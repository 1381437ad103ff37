"""The settings of an agent: a TOML file whose every value has a default, with which simulated devices start."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, field_validator

from gatehouse.device.desk_ticket import AGENT_PORT
from gatehouse.device.identity import IdentitySettings
from gatehouse.device.settings_file import settings_in
from gatehouse.documents.lds import file_of
from gatehouse.kernel.errors import UnreadableError
from gatehouse.workstations.mobile.settings import Mobile


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Reading(_Section):
    """How a chip is read."""

    #: The files wanted, in this order.
    files: tuple[str, ...] = ("COM", "SOD", "DG1", "DG2", "DG11", "DG12", "DG14", "DG15")
    #: Whether BAC may open a chip whose PACE failed. Whoever stands between could make it fail; it is shown either way.
    bac_after_failed_pace: bool = False
    #: Seconds after which a chip that still answers is given up.
    longest_s: Annotated[float, Field(gt=0, le=300)] = 30.0
    #: Seconds for which what was read is kept after the document has left, where no console took it.
    kept_s: Annotated[float, Field(ge=0, le=600)] = 60.0

    @field_validator("files")
    @classmethod
    def _of_a_document(cls, files: tuple[str, ...]) -> tuple[str, ...]:
        for name in files:
            try:
                file_of(name)
            except UnreadableError as error:
                raise ValueError(str(error)) from error
        return files


class Telemetry(_Section):
    """Heartbeats and step times, kept as JSON lines until the monitoring platform fetches them."""

    #: The file; its predecessor lies beside it with the suffix `.1`. None keeps nothing.
    spool: Path | None = None
    #: The most that both files may hold together.
    spool_kib: Annotated[int, Field(ge=16, le=1_048_576)] = 4096
    heartbeat_s: Annotated[float, Field(gt=0, le=3600)] = 30.0
    #: The address of the centre, which is told after each heartbeat. None tells nobody; the spool is kept all the same.
    centre: Annotated[str, Field(pattern=r"^https?://[^\s]+$")] | None = None


class DriverSettings(_Section):
    """One driver to start, by its entry point's name, with its own options."""

    name: Annotated[str, Field(min_length=1)]
    options: dict[str, Any] = {}


class Settings(_Section):
    #: The port on 127.0.0.1. The console's centre must know the same (`GATEHOUSE_AGENT_PORT`).
    port: Annotated[int, Field(ge=0, le=65535)] = AGENT_PORT
    #: The addresses of the consoles that may connect: scheme, host and port, as the browser sends them.
    origins: tuple[Annotated[str, Field(pattern=r"^https?://[^/\s]+$")], ...] = (
        "http://127.0.0.1:8000",
        "http://localhost:8000",
    )
    #: What `gatehouse device register … --json` printed for this desk: its name and its token. For its owner alone.
    pairing: Path = Field(default_factory=lambda: _state() / "desk.json")
    reading: Reading = Reading()
    telemetry: Telemetry = Telemetry()
    #: The certificate that this device shows to the centre; None where the centre asks for none.
    identity: IdentitySettings | None = None
    #: Work without the centre, for `gatehouse workstation mobile`; None at a fixed desk.
    mobile: Mobile | None = None
    drivers: tuple[DriverSettings, ...] = (DriverSettings(name="simulated"),)

    @classmethod
    def load(cls, file: Path | None) -> Settings:
        """The settings of a file, or the defaults. Raises `UnreadableError` with the line or value that is wrong."""
        if file is None:
            return cls()
        return settings_in(file, cls)


def _state() -> Path:
    return Path(os.environ.get("GATEHOUSE_STATE", ".state"))

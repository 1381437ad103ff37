"""The settings of a lane: a TOML file whose every value has a default, with which a simulated lane starts."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from gatehouse.device.settings_file import settings_in
from gatehouse.device.words import Direction
from gatehouse.gates.generations import GENERATIONS
from gatehouse.gates.machine import Capability, Lane, Topology

_LAST_PORT = 65535
_TOPOLOGIES = {
    "one-step": Topology.ONE_STEP,
    "integrated": Topology.INTEGRATED,
    "kiosk": Topology.KIOSK,
    "gate": Topology.GATE,
}


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Simulated(_Section):
    """The section `[simulated]`: who comes, and how fast things move."""

    #: Nationalities of those who come, by turns.
    nationalities: Annotated[tuple[Annotated[str, Field(pattern=r"^[A-Z]{3}$")], ...], Field(min_length=1)] = (
        "TWN",
        "JPN",
        "KOR",
        "VNM",
        "THA",
        "IDN",
        "USA",
    )
    #: Whether nationals who come are enrolled already.
    enrolled: bool = True
    #: A folder in which the travellers of `gatehouse demo` wait, in their place.
    documents: Path | None = None
    #: Seconds between the end of one traveller and the next; 0 lets nobody come.
    every_s: Annotated[float, Field(ge=0, le=3600)] = 4.0
    #: Seconds for each move of a door or a person.
    pace_s: Annotated[float, Field(ge=0, le=60)] = 1.5
    seed: Annotated[int, Field(ge=1, le=10_000)] = 1
    #: End after so many travellers; 0 goes on until interrupted.
    travellers: Annotated[int, Field(ge=0)] = 0


class Centre(_Section):
    """The section `[centre]`: a real one, in the place of the simulated."""

    #: Where the ledger is delivered.
    address: Annotated[str, Field(pattern=r"^https?://[^\s]+$")]
    #: Its public key, as `gatehouse device bundle key` prints it.
    key: str
    #: What `gatehouse device register … --json` printed for this lane; for its owner alone.
    registration: Path
    #: The newest lists, as `gatehouse gate lists` writes them; read again when the file changes.
    lists: Path


class Settings(_Section):
    #: As `gatehouse device register` names it.
    lane: Annotated[str, Field(pattern=r"^[A-Z0-9][A-Z0-9-]{0,31}$")] = "TPE-E01"
    port: Annotated[str, Field(pattern=r"^[A-Z0-9]{2,8}$")] = "TPE"
    direction: Literal["entry", "exit"] = "exit"
    topology: Literal["one-step", "integrated", "kiosk", "gate"] = "integrated"
    generation: Annotated[int, Field(ge=1, le=4)] = 4
    #: In place of those of the generation.
    capabilities: frozenset[Capability] | None = None
    #: The port on 127.0.0.1 of the guidance page; 0 takes any that is free.
    page: Annotated[int, Field(ge=0, le=_LAST_PORT)] = 8981
    #: Whether the guidance page reads itself aloud, by the voices of the machine that shows it.
    voice: bool = False
    #: Where the ledger and the officer's token lie.
    folder: Path = Field(default_factory=lambda: Path(os.environ.get("GATEHOUSE_STATE", ".state")) / "lane")
    #: Hours for which the lists of the simulated centre are good.
    lists_hours: Annotated[float, Field(gt=0, le=168)] = 24.0
    #: The door controller over Modbus TCP, "127.0.0.1:5020" (`gatehouse.gates.modbus`); simulated where none is given.
    controller: Annotated[str, Field(pattern=r"^[^\s:]+:\d{1,5}$")] | None = None
    simulated: Simulated = Simulated()
    centre: Centre | None = None

    @field_validator("controller")
    @classmethod
    def _has_a_port(cls, given: str | None) -> str | None:
        if given is not None and not 0 < int(given.rpartition(":")[2]) <= _LAST_PORT:
            msg = f"a port is a number from 1 to {_LAST_PORT}"
            raise ValueError(msg)
        return given

    @property
    def kind(self) -> Lane:
        can = GENERATIONS[self.generation] if self.capabilities is None else self.capabilities
        return Lane(_TOPOLOGIES[self.topology], can)

    @property
    def way(self) -> Direction:
        return Direction(self.direction)

    @classmethod
    def load(cls, file: Path) -> Settings:
        """Raises `UnreadableError` with the line or value that is wrong."""
        return settings_in(file, cls)

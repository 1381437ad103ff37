"""What is asked of a reading, and what comes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from gatehouse.documents.chip.errors import ChipError
from gatehouse.documents.chip.terminal_authentication import TerminalCredentials
from gatehouse.kernel.results import Check, Reason

#: Access names of `ChipReading.access` besides those of PACE.
BASIC_ACCESS, NO_ACCESS = "BAC", "none"
#: The event that whoever observes a reading is told of at each tenth of a file; it is not kept.
PROGRESS = "file_progress"


@dataclass(frozen=True, slots=True)
class ReadingPolicy:
    """What to read and how. Files by the names of `lds.FILES`; those that a chip lacks are left out.

    `bac_without_pace` lets BAC open a chip that offers no PACE at all, `bac_after_failed_pace` one whose PACE failed:
    whoever stands between could make it fail. `terminal` are the keys with which EF.DG3 and EF.DG4 are read.
    `longest_read` is octets at a time, `largest_file` octets of a file that are believed, `seconds` the time for all.
    """

    files: tuple[str, ...] = ("COM", "SOD", "DG1", "DG2", "DG11", "DG14", "DG15")
    bac_without_pace: bool = True
    bac_after_failed_pace: bool = False
    chip_authentication: bool = True
    active_authentication: bool = True
    #: Active authentication also where the chip has proved itself otherwise.
    every_proof: bool = False
    terminal: TerminalCredentials | None = None
    short_identifiers: bool = False
    extended_lengths: bool = True
    longest_read: int = 16 * 1024
    largest_file: int = 256 * 1024
    seconds: float = 60.0


DEFAULT_POLICY = ReadingPolicy()


@dataclass(frozen=True, slots=True)
class Event:
    """Something a reader of the log must know: its `name` for machines, `detail` for people, when since the start."""

    name: str
    detail: Reason
    at_ms: float

    def as_dict(self) -> dict[str, Any]:
        return {"name": self.name, "detail": str(self.detail), "at_ms": self.at_ms}


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a reading is: `octets` of `size` of a file are read (0 where its size is not known yet), and `done` of
    `wanted` files are."""

    file: str
    octets: int
    size: int
    done: int
    wanted: int


@dataclass(frozen=True, slots=True)
class ChipReading:
    """`files` by name as `border` takes them (COM, SOD, DG1 …), with EF.CardAccess and EF.CardSecurity in
    `card_files`; `access` is "PACE-ECDH-GM-AES-CBC-CMAC-128/MRZ", "BAC" or "none"; `timings_ms` by step, "total" last.

    `stopped` is what ended the reading before its time, None where nothing did; `withheld` are the data groups that
    EF.SOD lists and that were asked for to the end without being given.
    """

    files: Mapping[str, bytes] = field(repr=False)
    access: str
    checks: tuple[Check, ...]
    events: tuple[Event, ...]
    timings_ms: Mapping[str, float]
    card_files: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    stopped: ChipError | None = None
    withheld: tuple[str, ...] = ()

    def check(self, id: str) -> Check:
        """The check of that id. Raises `KeyError`."""
        return {check.id: check for check in self.checks}[id]

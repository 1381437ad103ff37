"""A lane at one moment: what it is, and what is known of doors, people and the record."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from gatehouse.gates.machine.words import Capability, Event, State, Topology


class Door(StrEnum):
    #: Told to close, and its sensor said afterwards that it is.
    SHUT = "shut"
    #: Told to close; not seen shut yet.
    CLOSING = "closing"
    #: Told to open.
    OPEN = "open"


class Record(StrEnum):
    """The record of the passage that is under way."""

    NONE = "none"
    #: Being written.
    PENDING = "pending"
    #: On the disk, and neither confirmed nor voided.
    COMMITTED = "committed"


@dataclass(frozen=True, slots=True)
class Lane:
    """What a lane is: neither changes while it runs."""

    topology: Topology
    capabilities: frozenset[Capability]


@dataclass(frozen=True, slots=True)
class Situation:
    state: State = State.CLOSED
    entry: Door = Door.CLOSING
    exit: Door = Door.CLOSING
    #: The door that opens once the other is shut.
    wanted: State | None = None
    inside: bool = False
    chip_done: bool = False
    optical_done: bool = False
    #: Who the document names is known.
    identified: bool = False
    #: The face agreed with the chip's while the person walked in.
    agreed: bool = False
    #: The person is to be enrolled in this passage.
    enrols: bool = False
    record: Record = Record.NONE
    #: What was the last to go wrong, for the words to the person and the officer.
    trouble: Event | None = None
    powered: bool = True
    lists_fresh: bool = False
    opened: bool = False
    doors_work: bool = True
    reversed: bool = False

    @property
    def in_service(self) -> bool:
        return self.powered and self.lists_fresh and self.opened and self.doors_work

    @property
    def is_able(self) -> bool:
        """Whether it could serve somebody; a lane that an officer keeps shut could."""
        return self.powered and self.lists_fresh and self.doors_work and self.state is not State.EMERGENCY

    @property
    def is_quiet(self) -> bool:
        """Nobody is there and nothing is open."""
        return not self.inside and self.entry is Door.SHUT and self.exit is Door.SHUT and self.record is Record.NONE

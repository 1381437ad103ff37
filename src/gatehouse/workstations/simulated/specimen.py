"""A made-up document that is laid on a simulated reader, and what happens with it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from gatehouse.documents.chip.simulator import ChipImage


class Mishap(StrEnum):
    """What goes wrong at a desk, beside what may be wrong with the document's data."""

    #: The traveller takes the document away while its chip is read.
    PULLED = "pulled"
    #: The printed zone is not the one that the chip was personalised with.
    WRONG_KEY = "wrong_key"
    #: Chip or reader take longer than anybody waits.
    SLOW = "slow"
    #: A file is shorter than its own length says.
    LYING_LENGTH = "lying_length"
    #: The chip reader is unplugged while the chip is read, and plugged in again.
    UNPLUGGED = "unplugged"
    #: No chip answers.
    DEAD_CHIP = "dead_chip"
    #: The chip hides the PACE that its signed data announces, as somebody would who wants it opened with less.
    DOWNGRADED = "downgraded"
    #: The page reader finds no machine readable zone.
    NO_ZONE = "no_zone"


@dataclass(frozen=True, slots=True)
class Specimen:
    #: The zone as the page reader reads it.
    mrz: str = field(repr=False)
    #: None where there is no chip.
    chip: ChipImage | None = field(default=None, repr=False)
    #: JPEG of whoever stands before the camera; None for nobody.
    live_image: bytes | None = field(default=None, repr=False)
    #: The text of the bar code on the boarding pass; empty for none.
    boarding_pass: str = ""
    mishap: Mishap | None = None


class Source(Protocol):
    """Where the documents come from, one after the other."""

    def next(self) -> Specimen | None:
        """The next document; None where nobody waits. Quick: it is called in the agent's loop."""
        ...

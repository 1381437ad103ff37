"""The chip of a specimen, with what is to go wrong while it is read."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from gatehouse.documents.chip.apdu import Transport
from gatehouse.documents.chip.errors import CardRemovedError
from gatehouse.documents.chip.simulator import SimulatedChip
from gatehouse.workstations.devices import ChipLink
from gatehouse.workstations.simulated.specimen import Mishap, Specimen

#: Commands after which a mishap happens: the chip is open then, and its first files are read.
_AFTER = 24
_SLOW_S = 0.5
#: A number that no made-up document has.
_OTHER_NUMBER = "X00000000"


def chip_of(specimen: Specimen, *, delay_s: float, mishap: Callable[[], None]) -> ChipLink | None:
    """The way to the specimen's chip; None where none answers. `mishap` is called in the reading thread."""
    image = specimen.chip
    if image is None or not image.files or specimen.mishap is Mishap.DEAD_CHIP:
        return None
    files = dict(image.files)
    if specimen.mishap is Mishap.LYING_LENGTH:
        files["DG1"] = _longer(files["DG1"])
    elif specimen.mishap is Mishap.DOWNGRADED:
        files.pop("CardAccess", None)
    elif specimen.mishap is Mishap.WRONG_KEY and image.mrz is not None:
        image = replace(image, mrz=replace(image.mrz, document_number=_OTHER_NUMBER))
    chip = SimulatedChip(replace(image, files=files))
    if specimen.mishap is Mishap.SLOW:
        delay_s = _SLOW_S
    happens = specimen.mishap in (Mishap.PULLED, Mishap.UNPLUGGED)
    return _Way(chip, delay_s, mishap if happens else None)


@dataclass
class _Way:
    """Each command takes its time; at one of them the chip is gone."""

    chip: Transport = field(repr=False)
    delay_s: float
    mishap: Callable[[], None] | None
    commands: int = 0

    def transmit(self, command: bytes) -> bytes:
        self.commands += 1
        if self.delay_s:
            time.sleep(self.delay_s)
        if self.mishap is not None and self.commands > _AFTER:
            self.mishap()
            raise CardRemovedError("the chip answers no more")
        return self.chip.transmit(command)

    def close(self) -> None:
        """A chip without power has no session: the next document brings its own."""


def _longer(content: bytes) -> bytes:
    """A file whose own length says more than there is: one octet of length, as those of EF.DG1."""
    return bytes((content[0], content[1] + 32)) + content[2:]

"""The chip of a specimen, with what is to go wrong while it is read."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from gatehouse.documents.chip.access import MrzKey
from gatehouse.documents.chip.apdu import Transport
from gatehouse.documents.chip.errors import CardRemovedError
from gatehouse.documents.chip.simulator import ChipImage, SimulatedChip
from gatehouse.documents.mrz import parse_mrz
from gatehouse.documents.tlv import compose, outermost
from gatehouse.workstations.devices import ChipLink
from gatehouse.workstations.simulated.specimen import Mishap, Specimen

#: Commands after which a mishap happens: the chip is open then, and its first files are read.
_AFTER = 24
_SLOW_S = 0.5
_DG14, _SET, _OBJECT_IDENTIFIER = 0x6E, 0x31, 0x06
#: The arc of the protocols of PACE, id-PACE: 0.4.0.127.0.7.2.2.4.
_PACE = bytes.fromhex("04007F0007020204")
#: A number that no made-up document has.
_OTHER_NUMBER = "X00000000"


def chip_of(specimen: Specimen, *, delay_s: float, mishap: Callable[[], None]) -> ChipLink | None:
    """The way to the specimen's chip; None where none answers. `mishap` is called in the reading thread."""
    if not specimen.files or specimen.mishap is Mishap.DEAD_CHIP:
        return None
    files = dict(specimen.files)
    if specimen.mishap is Mishap.LYING_LENGTH:
        files["DG1"] = _longer(files["DG1"])
    if specimen.mishap is not Mishap.DOWNGRADED and (offered := _card_access(files)):
        files["CardAccess"] = offered
    chip = SimulatedChip(ChipImage(files=files, mrz=_key(specimen)))
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


def _key(specimen: Specimen) -> MrzKey:
    """What the chip was personalised with: the printed zone, unless that is what is wrong."""
    zone = parse_mrz(specimen.mrz, on=date.today())  # noqa: DTZ011 (only centuries depend on it)
    key = MrzKey.from_mrz(zone)
    if specimen.mishap is Mishap.WRONG_KEY:
        return MrzKey(_OTHER_NUMBER, key.birth_date, key.expiry_date)
    return key


def _card_access(files: Mapping[str, bytes]) -> bytes | None:
    """EF.CardAccess as EF.DG14 repeats it: its protocols of PACE (ICAO 9303-10 clause 3.11.3)."""
    if "DG14" not in files:
        return None
    infos = outermost(files["DG14"], _DG14).need(_SET)
    offered = [bytes(info.raw) for info in infos.children() if _PACE in bytes(info.need(_OBJECT_IDENTIFIER).raw)]
    return compose(_SET, *offered) if offered else None


def _longer(content: bytes) -> bytes:
    """A file whose own length says more than there is: one octet of length, as those of EF.DG1."""
    return bytes((content[0], content[1] + 32)) + content[2:]

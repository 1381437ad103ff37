"""EF.DG1: the machine readable zone as the chip holds it (ICAO 9303-10 clause 4.7.1)."""

from __future__ import annotations

from dataclasses import dataclass

from gatehouse.documents.lds.text import ascii_text
from gatehouse.documents.tlv import Octets, outermost
from gatehouse.kernel.errors import UnreadableError

#: Characters of the whole zone -> characters of a line: TD1, TD2, TD3.
LINE_LENGTHS = {90: 30, 72: 36, 88: 44}


@dataclass(frozen=True, slots=True)
class Dg1:
    """`mrz` without line breaks, as stored; parsing it is `gatehouse.documents.mrz`'s work."""

    mrz: str

    @property
    def lines(self) -> tuple[str, ...]:
        length = LINE_LENGTHS[len(self.mrz)]
        return tuple(self.mrz[at : at + length] for at in range(0, len(self.mrz), length))


def read(data: Octets) -> Dg1:
    """Raises `UnreadableError` where the file is no EF.DG1 or its zone has the length of no document."""
    mrz = ascii_text(outermost(data, 0x61).need(0x5F1F))
    if len(mrz) not in LINE_LENGTHS:
        raise UnreadableError("a machine readable zone of %(length)d characters is none of a document", length=len(mrz))
    return Dg1(mrz)

"""EF.DG15: the public key of active authentication (ICAO 9303-10 clause 4.7.15, 9303-11 clause 6.1)."""

from __future__ import annotations

from dataclasses import dataclass

from gatehouse.documents.lds.public_keys import ChipKey, chip_key
from gatehouse.documents.tlv import Octets, outermost


@dataclass(frozen=True, slots=True)
class Dg15:
    key: ChipKey


def read(data: Octets) -> Dg15:
    """Raises `UnreadableError` where the file is no EF.DG15 or its key cannot be read."""
    return Dg15(chip_key(outermost(data, 0x6F).need(0x30)))

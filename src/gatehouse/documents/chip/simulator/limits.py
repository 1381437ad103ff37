"""How much a chip takes and gives at a time."""

from __future__ import annotations

from dataclasses import dataclass

from gatehouse.documents.chip.apdu import EXTENDED_EXPECTED


@dataclass(frozen=True, slots=True)
class Limits:
    """`extended` says whether it knows extended lengths, `largest_response` how many plain octets it gives at most."""

    extended: bool = True
    largest_response: int = EXTENDED_EXPECTED


DEFAULT_LIMITS = Limits()

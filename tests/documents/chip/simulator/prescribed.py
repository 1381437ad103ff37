"""A chip's random numbers as a worked example prescribes them."""

from __future__ import annotations

from gatehouse.documents.chip.groups import Group
from gatehouse.documents.chip.simulator.randomness import Randomness


class Prescribed(Randomness):
    """Octets and private keys in the order in which they are drawn."""

    def __init__(self, *values: bytes) -> None:
        self._values = iter(values)

    def octets(self, count: int) -> bytes:
        value = next(self._values)
        assert len(value) == count
        return value

    def private_key(self, group: Group) -> int:
        """Reduced: appendix I draws one above the order."""
        return int.from_bytes(next(self._values), "big") % group.order

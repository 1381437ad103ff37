"""The chip's random numbers, so that worked examples can prescribe them."""

from __future__ import annotations

import secrets

from gatehouse.documents.chip.groups import Group
from gatehouse.documents.chip.groups.base import new_private_key


class Randomness:
    """From the operating system."""

    def octets(self, count: int) -> bytes:
        return secrets.token_bytes(count)

    def private_key(self, group: Group) -> int:
        return new_private_key(group)

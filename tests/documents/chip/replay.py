"""A chip that plays a recorded run: it answers each command only if it is the recorded one, octet by octet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gatehouse.documents.chip.groups import Group


class Replay:
    """A `Transport` over pairs of command and response in hexadecimal."""

    def __init__(self, exchanges: Iterable[tuple[str, str]]) -> None:
        self._left: Iterator[tuple[str, str]] = iter(exchanges)
        self.count = 0

    def transmit(self, command: bytes) -> bytes:
        expected, response = next(self._left)
        assert command.hex().upper() == expected
        self.count += 1
        return bytes.fromhex(response)


class Drawn:
    """Hands out private keys and random octets in the order they are given."""

    def __init__(self, *values: str) -> None:
        self._values = [bytes.fromhex(value) for value in values]

    def octets(self, size: int) -> bytes:
        value = self._values.pop(0)
        assert len(value) == size
        return value

    def key(self, group: Group) -> int:
        return int.from_bytes(self._values.pop(0), "big")

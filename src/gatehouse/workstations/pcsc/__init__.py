"""Chip readers by PC/SC, through the library libpcsclite of the operating system.

From the readers to a chip's answer:

    with Context() as context:
        for state in context.states():
            print(state.reader, state.has_card)
        with context.connect("Reader 0") as card:
            card.transmit(bytes.fromhex("00A4040C07A0000002471001"))
"""

from gatehouse.workstations.pcsc.card import Card
from gatehouse.workstations.pcsc.context import Context, ReaderState
from gatehouse.workstations.pcsc.errors import ReaderError

__all__ = ["Card", "Context", "ReaderError", "ReaderState"]

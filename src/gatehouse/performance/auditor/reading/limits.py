"""How much of a file is read: a report of thousands of pages is below these, a bomb is above."""

from __future__ import annotations

from gatehouse.kernel.errors import UnreadableError

MOST_BYTES = 64 << 20
#: Of one part of a packed file, unpacked.
MOST_UNPACKED = 64 << 20
MOST_CHARACTERS = 5_000_000
MOST_PAGES = 3_000
#: Cells that a row or a table may name as repeated.
MOST_REPEATED = 200


def within(characters: int) -> None:
    """Raises `UnreadableError` for a text that is too long."""
    if characters > MOST_CHARACTERS:
        raise UnreadableError("the text is longer than %(limit)s characters", limit=MOST_CHARACTERS)

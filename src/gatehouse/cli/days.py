"""Days as an argument."""

from __future__ import annotations

import re
from datetime import date

from gatehouse.kernel.errors import UnreadableError

_WRITTEN = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


def day_from(text: str) -> date:
    """Raises `UnreadableError` for anything but 2026-02-14: other forms of ISO 8601 are easily mistaken."""
    try:
        if _WRITTEN.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise UnreadableError("%(day)s is no day: write it as 2026-02-14", day=text)

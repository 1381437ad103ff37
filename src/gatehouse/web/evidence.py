"""What the evidence drawer shows of one thing, whatever it is: what it is, from what, when, by which version."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from gatehouse.web import words


@dataclass(frozen=True)
class Evidence:
    id: str
    title: Any
    status: words.Status | None
    facts: tuple[tuple[str, Any], ...]
    records_url: str = ""

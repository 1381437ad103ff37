"""One thing that an inspection found, and why."""

from __future__ import annotations

from typing import NamedTuple

from gatehouse.border.domain.words import Finding
from gatehouse.kernel.results import Reason


class Found(NamedTuple):
    finding: Finding
    reason: Reason

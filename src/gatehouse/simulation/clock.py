"""A clock for a simulated day: set to a moment of that day, it runs on at the pace of real time."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta


class DayClock:
    """So that what is measured is measured: an inspection takes as long as it really does."""

    def __init__(self, moment: datetime) -> None:
        self.set(moment)

    def set(self, moment: datetime) -> None:
        self._moment, self._since = moment.astimezone(UTC), time.monotonic()

    def now(self) -> datetime:
        return self._moment + timedelta(seconds=time.monotonic() - self._since)

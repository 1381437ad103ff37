"""The equipment of the demo while the screens are served: it speaks twice a minute, as real equipment would."""

from __future__ import annotations

import time

from django.db import DatabaseError, connection

from gatehouse.kernel.clock import SystemClock
from gatehouse.simulation.telemetry import EVERY, telemetry_live


def speak() -> None:
    """Until the program ends. Where the database does not answer it is silent, as real equipment would seem."""
    clock = SystemClock()
    while True:
        try:
            telemetry_live(clock=clock)
        except DatabaseError:
            connection.close()
        time.sleep(EVERY.total_seconds())

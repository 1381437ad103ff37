"""The one clock that the screens pass on to the services."""

from gatehouse.kernel.clock import SystemClock

CLOCK = SystemClock()

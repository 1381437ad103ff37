"""Whether a device was restarted: its counter of uptime runs over after 497 days, and begins anew with its agent.

sysUpTime (RFC 3418) is a 32-bit number of hundredths of a second since the agent began. snmpEngineBoots (RFC 3411)
counts the agent's restarts and never runs over in the life of a device: where a device tells it, it decides.
"""

from __future__ import annotations

from dataclasses import dataclass

#: Hundredths of a second after which sysUpTime begins at 0: 497 days, 2 hours, 27 minutes and 53 seconds.
WRAP = 2**32
#: How far a device's counter may be off from our clock: it drifts, and an answer takes its time.
_DRIFT, _LEAST = 0.01, 500


@dataclass(frozen=True, slots=True)
class Uptime:
    """`ticks`: hundredths of a second, as the device says; `boots`: restarts of its agent, None where it tells none."""

    ticks: int
    boots: int | None = None


def restarted(before: Uptime, now: Uptime, elapsed_s: float) -> bool:
    """Whether a device was restarted between two answers that came `elapsed_s` seconds after each other."""
    if before.boots is not None and now.boots is not None and before.boots != now.boots:
        return True
    if now.ticks >= before.ticks:
        return False
    if before.boots is not None and before.boots == now.boots:
        return False  # it says itself that it was not
    expected = before.ticks + elapsed_s * 100
    off = abs(now.ticks + WRAP - expected)
    return off > max(_LEAST, elapsed_s * 100 * _DRIFT)

"""How long a name is refused after passwords that were not its own (NIST SP 800-63B, 5.2.2; OWASP ASVS 4.0.3, 2.2.1).

The wait grows with each try and ends by itself: whoever types an officer's name wrongly on purpose holds them up for a
quarter of an hour at most, and an operator can end it at once.
"""

from __future__ import annotations

from datetime import timedelta

#: Tries that cost nothing: anybody mistypes.
FREE = 5
FIRST_WAIT = timedelta(seconds=15)
LONGEST_WAIT = timedelta(minutes=15)
#: After so long without a try nothing is held against a name any more.
FORGOTTEN_AFTER = timedelta(hours=1)


def wait_after(tries: int) -> timedelta:
    """From the last of `tries` without success to the next that is looked at: 0, then 15 s, doubled up to 15 min."""
    if tries < FREE:
        return timedelta(0)
    doublings = min(tries - FREE, 16)  # far past the longest; keeps the number small
    return min(FIRST_WAIT * (1 << doublings), LONGEST_WAIT)

"""Reading a chip: access by a policy, files, and what the chip proves of itself (ICAO 9303-11 appendix J).

`attempt` never raises for what a chip does: a pulled document, a wrong key, a chip that lies give a reading with what
there is, checks that say so, and events in words. `read_chip` raises where nothing at all could be read.
"""

from gatehouse.documents.chip.reading.model import ChipReading, Event, Progress, ReadingPolicy
from gatehouse.documents.chip.reading.procedure import attempt, read_chip

__all__ = ["ChipReading", "Event", "Progress", "ReadingPolicy", "attempt", "read_chip"]

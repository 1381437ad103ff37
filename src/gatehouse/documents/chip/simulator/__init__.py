"""The chip's side of a travel document: an image of its files and keys, and a chip that answers commands as it would.

It shares the arithmetic with the terminal and nothing else: what a terminal may do is decided here alone.
"""

from gatehouse.documents.chip.simulator.chip import SimulatedChip
from gatehouse.documents.chip.simulator.faults import Fault
from gatehouse.documents.chip.simulator.image import ChipImage
from gatehouse.documents.chip.simulator.limits import Limits

__all__ = ["ChipImage", "Fault", "Limits", "SimulatedChip"]

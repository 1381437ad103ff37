"""Simulated devices: a desk at which made-up documents are laid, with what is to go wrong with them."""

from gatehouse.workstations.simulated.desk import SimulatedDesk
from gatehouse.workstations.simulated.driver import Options, SimulatedDriver
from gatehouse.workstations.simulated.specimen import Mishap, Source, Specimen

__all__ = ["Mishap", "Options", "SimulatedDesk", "SimulatedDriver", "Source", "Specimen"]

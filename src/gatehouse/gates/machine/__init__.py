"""The lane's state machine: what happens next, as one pure function over one table."""

from gatehouse.gates.machine.situation import Door, Lane, Record, Situation
from gatehouse.gates.machine.step import Step, beginning, step
from gatehouse.gates.machine.words import Capability, Effect, Event, State, Topology

__all__ = [
    "Capability",
    "Door",
    "Effect",
    "Event",
    "Lane",
    "Record",
    "Situation",
    "State",
    "Step",
    "Topology",
    "beginning",
    "step",
]

"""Simulated devices at a desk, to which the travellers of the demo come."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from gatehouse.kernel.errors import UnreadableError
from gatehouse.simulation.waiting import FOLDER, Line
from gatehouse.workstations.simulated import Mishap, SimulatedDriver, Specimen

#: The directions that `gatehouse demo` lines people up for.
_DIRECTIONS = ("entry", "exit", "transit")


class Travellers:
    """A `Source` of those who wait."""

    def __init__(self, line: Line) -> None:
        self._line = line

    def next(self) -> Specimen | None:
        found = self._line.next()
        if found is None:
            return None
        mishap = Mishap(found.mishap) if found.mishap else None
        return Specimen(found.mrz, found.chip, found.live_image, mishap=mishap)


def simulated_driver(options: Mapping[str, Any], *, state: Path) -> SimulatedDriver:
    """The driver `simulated` of an agent, with the options of its settings.

    `direction` says whose line comes to this desk (default: entry), `documents` in which folder it lies (default: that
    of the demo in `state`). Raises `UnreadableError` for others that the driver does not know.
    """
    rest = dict(options)
    direction = rest.pop("direction", "entry")
    folder = Path(rest.pop("documents", state / FOLDER))
    if direction not in _DIRECTIONS:
        known = ", ".join(_DIRECTIONS)
        raise UnreadableError("the direction %(given)s is none of %(known)s", given=str(direction), known=known)
    return SimulatedDriver(rest, Travellers(Line(folder, direction)))

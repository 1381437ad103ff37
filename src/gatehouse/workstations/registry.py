"""The drivers that settings name, from the entry points of what is installed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from importlib.metadata import entry_points
from typing import Any

from gatehouse.kernel.errors import UnreadableError
from gatehouse.workstations.devices import Driver
from gatehouse.workstations.settings import DriverSettings

GROUP = "gatehouse.workstations.drivers"

#: Makes a driver from the options of its settings; raises `UnreadableError` for options that it does not know.
Factory = Callable[[Mapping[str, Any]], Driver]


def drivers(wanted: Sequence[DriverSettings], given: Mapping[str, Factory]) -> Iterator[Driver]:
    """Each driver that is wanted: one that the composition gives, else that of an installed entry point.

    Raises `UnreadableError` for a name that neither knows, or options that the driver does not take.
    """
    for each in wanted:
        yield (given.get(each.name) or _installed(each.name, given))(each.options)


def _installed(name: str, given: Iterable[str]) -> Factory:
    known = entry_points(group=GROUP)
    for point in known:
        if point.name == name:
            factory: Factory = point.load()
            return factory
    names = ", ".join(sorted({*given, *(point.name for point in known)})) or "none"
    raise UnreadableError("there is no driver %(name)s; installed are: %(names)s", name=name, names=names)

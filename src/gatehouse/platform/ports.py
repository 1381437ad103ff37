"""The ports of entry and exit that the profile names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from gatehouse.platform.profile import Row, profile


class Port(Row):
    #: As records name it: the IATA code of an airport, the agency's own code of a seaport.
    code: str
    kind: Literal["air", "sea"]
    #: By language code.
    name: dict[str, str]
    source: str


def ports() -> Mapping[str, Port]:
    """The ports of this agency by code, in the order of the profile."""
    return {port.code: port for port in profile().read("ports.yaml", tuple[Port, ...])}

"""The ports of entry and exit that the profile names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pydantic import Field

from gatehouse.platform.profile import Row, profile


class Place(Row):
    """A place on the earth, in degrees (WGS 84)."""

    latitude: float = Field(ge=-90, le=90)
    longitude: float = Field(ge=-180, le=180)


class Port(Row):
    #: As records name it: the IATA code of an airport, the agency's own code of a seaport.
    code: str
    kind: Literal["air", "sea"]
    #: By language code.
    name: dict[str, str]
    source: str
    #: Where it lies; None where no map shows it.
    place: Place | None = None


class Coast(Row):
    """A coast that the map draws behind the ports: corners of a closed line."""

    corners: tuple[tuple[float, float], ...] = Field(min_length=3)  # latitude, longitude
    source: str


def ports() -> Mapping[str, Port]:
    """The ports of this agency by code, in the order of the profile."""
    return {port.code: port for port in profile().read("ports.yaml", tuple[Port, ...])}


def coasts() -> tuple[Coast, ...]:
    """The coasts of this agency's map; none where the profile draws none."""
    return profile().read("coasts.yaml", tuple[Coast, ...])

"""The shift, kept in the session."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from django.http import HttpRequest

from gatehouse.border.api import Direction
from gatehouse.platform.ports import ports
from gatehouse.web import words
from gatehouse.web.places import port_name

_KEY = "shift"


@dataclass(frozen=True)
class Shift:
    port: str
    #: The desk or lane, as the signs in the hall name it.
    lane: str
    direction: Direction
    #: Flight or ship of the travellers that come now, as "CI 101"; may be empty.
    conveyance: str = ""

    @property
    def port_name(self) -> str:
        return port_name(self.port)

    @property
    def direction_word(self) -> words.Word:
        return words.DIRECTIONS[self.direction]


def shift_of(request: HttpRequest) -> Shift | None:
    """The shift of this session; None before one was chosen, or where its port is no longer in the profile."""
    kept = request.session.get(_KEY)
    if not kept or kept["port"] not in ports():
        return None
    return Shift(kept["port"], kept["lane"], Direction(kept["direction"]), kept["conveyance"])


def shift_keep(request: HttpRequest, shift: Shift) -> None:
    request.session[_KEY] = asdict(shift)

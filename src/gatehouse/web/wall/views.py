from __future__ import annotations

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation

from gatehouse.monitoring.api import conditions_of, hourly, incidents_of, pulses_of, targets
from gatehouse.platform.actors import Actor
from gatehouse.web.clock import CLOCK
from gatehouse.web.equipment.words import STATES
from gatehouse.web.permissions import permission
from gatehouse.web.wall.board import SHOWN, board
from gatehouse.web.wall.hours import Hours, hours
from gatehouse.web.wall.kept import Kept
from gatehouse.web.wall.stream import events

#: Every wall shows the same: what one stream drew a moment ago, the others of the process take over, by language.
BOARDS = Kept[str](seconds=1.5)
#: The ledger of a day is read less often than the conditions of the moment.
DAYS = Kept[dict[str, Hours]](seconds=20)
_HOURS = 24


@permission("monitoring.read")
def wall(request: HttpRequest) -> HttpResponse:
    """The page, which listens to its stream. Without script it comes anew every half minute."""
    return render(request, "wall/wall.html", {"body": _body(_reader(request))})


@permission("monitoring.read")
def stream(request: HttpRequest) -> StreamingHttpResponse:
    """Server-sent events: the board whenever it changed."""
    reader, language = _reader(request), translation.get_language()

    def body() -> str:
        with translation.override(language):
            return _body(reader)

    seen = request.headers.get("Last-Event-ID", "")
    answer = StreamingHttpResponse(events(body, seen), content_type="text/event-stream; charset=utf-8")
    answer.headers["X-Accel-Buffering"] = "no"  # a proxy passes each event on as it comes
    return answer


def _reader(request: HttpRequest) -> Actor:
    return Actor.of(request.user)  # type: ignore[arg-type]


def _body(reader: Actor) -> str:
    def draw() -> str:
        found = board(conditions_of(clock=CLOCK, reader=reader))
        incidents = incidents_of(reader=reader, is_open=True)
        context = {
            "board": found,
            "silent": [each for each in pulses_of(clock=CLOCK, reader=reader) if each.is_late],
            "incidents": [(each, STATES[each.state]) for each in incidents[:SHOWN]],
            "more_incidents": max(0, len(incidents) - SHOWN),
            "days": DAYS.get("", lambda: _days(reader)),
            "hours": _HOURS,
        }
        return render_to_string("wall/board.html", context)

    return BOARDS.get(translation.get_language() or "", draw)


def _days(reader: Actor) -> dict[str, Hours]:
    """The last hours of each class that has a target."""
    found = {}
    for asset_class, target in targets().items():
        counted = hourly(asset_class, hours=_HOURS, until=CLOCK.now(), reader=reader)
        found[asset_class.value] = hours(counted, target.share)
    return found

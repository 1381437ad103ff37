"""What stands at a port when a shift ends, and what earlier shifts left."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from pydantic import TypeAdapter

from gatehouse.border.domain.handovers import HandoverView, OpenIncident, OutOfService, Standing, Taken, Turn, Waiting
from gatehouse.border.domain.rules import rules_of
from gatehouse.border.domain.words import InspectionState
from gatehouse.border.models import Handover
from gatehouse.border.selectors.queue import waiting_at
from gatehouse.kernel.clock import Clock
from gatehouse.kernel.errors import NotFoundError
from gatehouse.monitoring.api import State, conditions_of, incidents_of
from gatehouse.platform.actors import Actor
from gatehouse.platform.profile import Profile
from gatehouse.platform.profile import profile as settings_profile

#: What counts as out of service of what is watched: unknown too, for silence is no service.
_OUT = frozenset({State.DOWN, State.UNKNOWN, State.PLANNED})
_STANDING: TypeAdapter[Standing] = TypeAdapter(Standing)


def shifts_to_hand_over(*, clock: Clock, profile: Profile | None = None) -> tuple[Turn, Turn]:
    """The present shift, and the one before it: whoever is late still hands over."""
    profile = profile or settings_profile()
    return Turn.last_two(clock.now(), profile, rules_of(profile))


def standing_at(port: str, *, clock: Clock, reader: Actor) -> Standing:
    """What stands now: open incidents, holds and cases of the second line, equipment that does not serve.

    It names no traveller, so it is no look at a person. Raises `ForbiddenError`.
    """
    reader.require_at("border.hand_over", port)
    # Whoever hands over may see how the port's own equipment is, and nothing else of the equipment.
    house = Actor.system("handover")
    incidents = [each for each in incidents_of(reader=house, is_open=True) if each.site == port]
    conditions = [
        each for each in conditions_of(clock=clock, reader=house, site=port) if each.words and each.state in _OUT
    ]
    return Standing(
        as_of=clock.now(),
        incidents=tuple(
            OpenIncident(each.number, each.cause, each.state, each.began_at, each.acknowledged is not None)
            for each in incidents
        ),
        waiting=tuple(
            Waiting(row.id, row.lane, InspectionState(row.state), row.waiting_since or row.opened_at, row.hold_ends_at)
            for row in waiting_at(port)
        ),
        equipment=tuple(
            OutOfService(each.asset.tag, each.asset.asset_class, each.state, each.since) for each in conditions
        ),
    )


def handover_view(id: UUID, *, reader: Actor) -> HandoverView:
    """Raises `NotFoundError`, and `ForbiddenError` for a port where this person is not on duty."""
    reader.require("border.hand_over")
    found = Handover.objects.select_related("taken").filter(pk=id).first()
    if found is None:
        raise NotFoundError("there is no such handover")
    reader.require_at("border.hand_over", found.port)
    return _view(found)


def handovers_of(port: str, *, reader: Actor, is_taken: bool | None = None, most: int = 30) -> list[HandoverView]:
    """The handovers of a port, or those that somebody took over or nobody did yet; the last first.

    Raises `ForbiddenError`.
    """
    reader.require_at("border.hand_over", port)
    found = Handover.objects.select_related("taken").filter(port=port).order_by("-began_at")
    if is_taken is not None:
        found = found.filter(taken__isnull=not is_taken)
    return [_view(row) for row in found[:most]]


def standing_json(standing: Standing) -> Any:
    return _STANDING.dump_python(standing, mode="json")


def _view(row: Handover) -> HandoverView:
    taken = getattr(row, "taken", None)
    return HandoverView(
        id=row.id,
        port=row.port,
        turn=Turn(row.began_at, row.ends_at),
        given_by=row.given_by,
        given_at=row.given_at,
        standing=_STANDING.validate_python(row.standing),
        watch=row.watch,
        taken=Taken(taken.taken_by, taken.taken_at, taken.note) if taken else None,
    )

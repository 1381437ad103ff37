"""People at a desk with their faces and fingers, and what officers record of them, in few words."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from gatehouse.biometrics.fingerprints import Finger
from gatehouse.border.api import (
    DecisionKind,
    DocumentReading,
    InspectionView,
    capture_decline,
    capture_exempt,
    capture_take,
    decision_take,
    faces_judge,
)
from gatehouse.kernel.clock import FixedClock
from gatehouse.platform.actors import Actor, ActorKind
from gatehouse.platform.engines import Engines
from tests.border import desk
from tests.border.faces import engines, picture

ADMIT, RELEASE, REFER = DecisionKind.ADMIT, DecisionKind.RELEASE, DecisionKind.REFER
HIGHER = Actor(ActorKind.USER, "lin", desk.SECOND.permissions | {"biometrics.read"}, purposes=desk.SECOND.purposes)
ME, SOMEBODY = picture(1), picture(2)
FINGERS = {Finger.RIGHT_INDEX: b"\xff\xa0 right", Finger.LEFT_INDEX: b"\xff\xa0 left"}
STILL = "still to be captured: %s (入出國及移民法 §91 I)"


def arrived(
    at: FixedClock,
    mrz: str | None = None,
    *,
    face: bytes | None = ME,
    fingers: dict[Finger, bytes] | None = None,
    with_: Engines | None = None,
    **changes: Any,
) -> UUID:
    reading = DocumentReading(mrz or desk.passport(), at.now(), live_image=face, fingerprints=fingers or {})
    return desk.opened(at, reading=reading, engines=with_ or engines(), **changes)


def let_pass(at: FixedClock, inspection: UUID, kind: DecisionKind) -> None:
    decision_take(clock=at, officer=desk.INSPECTOR, inspection=inspection, kind=kind, reason="it is", profile=desk.TW)


def entered(at: FixedClock, **given: Any) -> UUID:
    """Somebody who was let in, with their face and two fingers."""
    inspection = arrived(at, fingers=FINGERS, **given)
    let_pass(at, inspection, ADMIT)
    return inspection


def states(view: InspectionView) -> dict[str, tuple[str, str]]:
    return {each.modality.value: (each.state.value, each.article) for each in view.captures}


def reasons(view: InspectionView) -> list[str]:
    """Without that on the document: most of these are read without a chip."""
    found = [str(reason) for reason in view.proposal.reasons]
    return [reason for reason in found if not reason.startswith("the document could not be authenticated")]


def view(inspection: UUID, at: FixedClock, reader: Actor = desk.SECOND) -> InspectionView:
    return desk.seen(inspection, at, reader)


def decline(at: FixedClock, inspection: UUID, **changes: Any) -> None:
    at.advance(timedelta(seconds=1))
    given = {"officer": desk.INSPECTOR, "reason": "says no", **changes}
    capture_decline(clock=at, inspection=inspection, profile=desk.TW, **given)


def exempt(at: FixedClock, inspection: UUID, **changes: Any) -> None:
    at.advance(timedelta(seconds=1))
    given = {"officer": desk.INSPECTOR, "ground": "special_approval", **changes}
    capture_exempt(clock=at, inspection=inspection, profile=desk.TW, **given)


def take(at: FixedClock, inspection: UUID, **changes: Any) -> None:
    at.advance(timedelta(seconds=1))
    given = {"officer": desk.INSPECTOR, "face": ME, **changes}
    capture_take(clock=at, inspection=inspection, profile=desk.TW, engines=engines(), **given)


def judge(at: FixedClock, inspection: UUID, **changes: Any) -> None:
    at.advance(timedelta(seconds=1))
    given = {"officer": desk.INSPECTOR, "same": True, **changes}
    faces_judge(clock=at, inspection=inspection, profile=desk.TW, **given)

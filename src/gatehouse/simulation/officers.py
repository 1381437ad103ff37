"""The officers of a simulated day: they follow the proposal, the second line resolves, a supervisor confirms."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from gatehouse.audit.api import Purpose
from gatehouse.border.api import DecisionKind, Direction, InspectionView
from gatehouse.kernel.clock import Clock
from gatehouse.kernel.results import Result
from gatehouse.platform.actors import Actor
from gatehouse.watchlist.api import Review, hit_review

FIRST_LINE, SECOND_LINE = Purpose.BORDER_CHECK, Purpose.SECOND_LINE_CHECK


@dataclass(frozen=True, slots=True)
class Officers:
    inspector: Actor
    second_line: Actor
    supervisor: Actor


class Resolution(NamedTuple):
    """What the second line decides, and why. `hold` says that the person is kept at the station until then."""

    kind: DecisionKind
    reason: str
    hold: bool = False


def resolution(view: InspectionView) -> Resolution:
    """What an officer of the second line makes of what the inspection shows. Never who the person is, only what is."""
    for look in _LOOKS:
        found = look(view)
        if found is not None:
            return found
    return Resolution(_passing(view), "examined at the second line; nothing speaks against it")


def hits_review(view: InspectionView, *, clock: Clock, officer: Actor) -> None:
    """Say of each hit that it means this person: who is simulated to be listed is the person."""
    for hit in view.hits:
        reason = f"compared at the second line: {hit.reason}"
        hit_review(clock=clock, officer=officer, hit=hit.id, review=Review.CONFIRMED, reason=reason)


def _passing(view: InspectionView) -> DecisionKind:
    return DecisionKind.ADMIT if view.direction is Direction.ENTRY else DecisionKind.RELEASE


def _document(view: InspectionView) -> Resolution | None:
    wrong = [check.id for check in view.document.checks if check.result is Result.FAILED]
    if not wrong:
        return None
    return Resolution(DecisionKind.REFUSE, f"the document is not genuine: {', '.join(wrong)}", hold=True)


def _lists(view: InspectionView) -> Resolution | None:
    kinds = {hit.kind for hit in view.hits}
    if kinds & {"lost_document", "entry_ban", "exit_ban"}:
        return Resolution(DecisionKind.REFUSE, "the person or the document is listed")
    if "lookout" in kinds:
        return Resolution(_passing(view), "it is the person; the authority that looks for them was told")
    return None


def _papers(view: InspectionView) -> Resolution | None:
    for beginning, reason in _REFUSED:
        if any(each.text.startswith(beginning) for each in view.proposal.reasons):
            return Resolution(DecisionKind.REFUSE, reason)
    return None


_REFUSED = (
    ("the document expired on", "no valid document"),
    ("no visa or permit is on record", "no visa or permit"),
)
_LOOKS: tuple[Callable[[InspectionView], Resolution | None], ...] = (_document, _lists, _papers)

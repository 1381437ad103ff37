"""What the console shows of an inspection, in the order of the screen."""

from __future__ import annotations

import base64
from collections import Counter
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from gatehouse.border.api import DecisionKind, Direction, InspectionView
from gatehouse.kernel.results import Check, Reason, Result
from gatehouse.web import words

#: How much a result asks to be looked at, the most first.
GRAVITY = (Result.FAILED, Result.ABORTED, Result.UNDETERMINED, Result.NOT_SUPPORTED, Result.SUCCESSFUL)
LINES = 2
#: Letting somebody pass has one key, whichever way they go.
KEYS = {
    DecisionKind.REFER: "F6",
    DecisionKind.ADMIT: "F7",
    DecisionKind.RELEASE: "F7",
    DecisionKind.REFUSE: "F8",
    DecisionKind.HOLD: "F9",
}


@dataclass(frozen=True)
class Checks:
    """Two lines at most in the open; the others folded under how many of each result there are."""

    shown: tuple[Check, ...]
    folded: tuple[Check, ...]
    counts: tuple[tuple[words.Status, int], ...]


@dataclass(frozen=True)
class Button:
    kind: DecisionKind
    word: words.Word
    key: str
    proposed: bool
    #: Asked for in a dialog before the decision is taken.
    needs_reason: bool
    url: str

    @property
    def keys(self) -> str:
        return f"Enter {self.key}" if self.proposed else self.key


def arranged(checks: tuple[Check, ...]) -> Checks:
    ordered = sorted(checks, key=lambda check: GRAVITY.index(check.result))
    shown = tuple(check for check in ordered if not _is_quiet(check))[:LINES]
    folded = tuple(check for check in ordered if check not in shown)
    counts = Counter(check.result for check in folded)
    return Checks(shown, folded, tuple((words.RESULTS[result], counts[result]) for result in GRAVITY if counts[result]))


def _is_quiet(check: Check) -> bool:
    """What passed, and a proof that this chip simply does not offer: most chips lack most of them."""
    missing = check.result is Result.NOT_SUPPORTED and check.id in words.REPORTED_CHECKS
    return missing or check.result is Result.SUCCESSFUL


def worst(checks: tuple[Check, ...], verdict: Result) -> Reason | None:
    """The reason that stands beside a verdict that is not positive."""
    found = [check for check in checks if check.result is verdict]
    return found[0].reason if found and verdict is not Result.SUCCESSFUL else None


def buttons(view: InspectionView, room: str) -> tuple[Button, ...]:
    """What this reader may decide now: the proposed decision first, then in the order of the keys."""
    kinds = sorted(view.allowed_kinds, key=lambda kind: (kind is not view.proposal.kind, KEYS[kind]))
    return tuple(_button(view, kind, room) for kind in kinds)


def _button(view: InspectionView, kind: DecisionKind, room: str) -> Button:
    proposed = kind is view.proposal.kind
    return Button(
        kind=kind,
        word=decision_word(kind, view.direction),
        key=KEYS[kind],
        proposed=proposed,
        needs_reason=needs_reason(kind, view),
        url=reverse(f"{room}_decide", args=[view.id, kind]),
    )


def needs_reason(kind: DecisionKind, view: InspectionView) -> bool:
    """A refusal always says why in the officer's own words; the others where they are not the proposed one."""
    return kind is not view.proposal.kind or kind is DecisionKind.REFUSE


def decision_word(kind: DecisionKind, direction: Direction) -> words.Word:
    if kind is DecisionKind.RELEASE and direction is Direction.TRANSIT:
        return words.RELEASE_IN_TRANSIT
    return words.DECISIONS[kind]


def picture(image: bytes | None, media_type: str = "image/jpeg") -> str:
    """A picture inside its page, so that it is stored nowhere."""
    return f"data:{media_type};base64,{base64.b64encode(image).decode()}" if image else ""


def case_status(view: InspectionView) -> words.Status:
    """The case at a glance: whether a list asks for somebody's eyes."""
    return words.ATTENTION if view.hits else words.CLEAR


def room_of(view_id: UUID, room: str) -> str:
    return reverse(f"{room}_inspection", args=[view_id])

"""Milestones of a plan: their state follows from dated events by the table below, and how far they are from the state.

Neither is ever typed in. The states are those of the agency's plan control: 規劃, 招標, 流標, 決標, 執行中, 停工, 交付,
安裝, 驗收, 啟用.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from gatehouse.kernel.errors import RefusedError
from gatehouse.kernel.results import Reason


class MilestoneState(StrEnum):
    PLANNED = "planned"
    TENDERED = "tendered"
    FAILED_TENDER = "failed_tender"
    AWARDED = "awarded"
    UNDER_WAY = "under_way"
    SUSPENDED = "suspended"
    DELIVERED = "delivered"
    INSTALLED = "installed"
    ACCEPTED = "accepted"
    IN_SERVICE = "in_service"


class EventKind(StrEnum):
    """What can happen to a plan. Those that `BECOMES` names move the milestones they concern."""

    TENDER = "tender"
    FAILED_TENDER = "failed_tender"
    AWARD = "award"
    START = "start"
    SUSPENSION = "suspension"
    PERMIT_TO_RESUME = "permit_to_resume"
    DELIVERY = "delivery"
    INSTALLATION = "installation"
    ACCEPTANCE = "acceptance"
    ENTRY_INTO_SERVICE = "entry_into_service"
    #: So much of the milestone's quantity was done since the measurement before.
    MEASUREMENT = "measurement"
    PLAN_REVISION = "plan_revision"
    COURT_ORDER = "court_order"
    INTERVIEW = "interview"
    MEETING = "meeting"
    LETTER = "letter"
    PERMIT = "permit"


BECOMES: Mapping[EventKind, MilestoneState] = {
    EventKind.TENDER: MilestoneState.TENDERED,
    EventKind.FAILED_TENDER: MilestoneState.FAILED_TENDER,
    EventKind.AWARD: MilestoneState.AWARDED,
    EventKind.START: MilestoneState.UNDER_WAY,
    EventKind.SUSPENSION: MilestoneState.SUSPENDED,
    EventKind.PERMIT_TO_RESUME: MilestoneState.UNDER_WAY,
    EventKind.DELIVERY: MilestoneState.DELIVERED,
    EventKind.INSTALLATION: MilestoneState.INSTALLED,
    EventKind.ACCEPTANCE: MilestoneState.ACCEPTED,
    EventKind.ENTRY_INTO_SERVICE: MilestoneState.IN_SERVICE,
}

_S = MilestoneState
#: Which state may follow which.
FOLLOWS: Mapping[MilestoneState, frozenset[MilestoneState]] = {
    _S.PLANNED: frozenset({_S.TENDERED, _S.UNDER_WAY}),
    #: A corrected notice replaces the one before.
    _S.TENDERED: frozenset({_S.TENDERED, _S.FAILED_TENDER, _S.AWARDED}),
    _S.FAILED_TENDER: frozenset({_S.TENDERED}),
    #: A new tender follows an award where the contract ended before work began.
    _S.AWARDED: frozenset({_S.UNDER_WAY, _S.SUSPENDED, _S.DELIVERED, _S.TENDERED}),
    _S.UNDER_WAY: frozenset({_S.SUSPENDED, _S.DELIVERED, _S.INSTALLED, _S.ACCEPTED}),
    _S.SUSPENDED: frozenset({_S.UNDER_WAY}),
    #: What was delivered and rejected is under way again.
    _S.DELIVERED: frozenset({_S.UNDER_WAY, _S.INSTALLED, _S.ACCEPTED}),
    _S.INSTALLED: frozenset({_S.UNDER_WAY, _S.ACCEPTED}),
    _S.ACCEPTED: frozenset({_S.IN_SERVICE}),
    _S.IN_SERVICE: frozenset(),
}
#: How far each state is on the way, to tell whether one was reached.
_RANK: Mapping[MilestoneState, int] = {
    _S.PLANNED: 0, _S.TENDERED: 1, _S.FAILED_TENDER: 0, _S.AWARDED: 2, _S.UNDER_WAY: 3, _S.SUSPENDED: 0,
    _S.DELIVERED: 4, _S.INSTALLED: 5, _S.ACCEPTED: 6, _S.IN_SERVICE: 7,
}  # fmt: skip

#: Each state in words, for a reader.
STATE_WORDS: Mapping[MilestoneState, Reason] = {
    _S.PLANNED: Reason("planned"),
    _S.TENDERED: Reason("out to tender"),
    _S.FAILED_TENDER: Reason("tender failed"),
    _S.AWARDED: Reason("awarded"),
    _S.UNDER_WAY: Reason("under way"),
    _S.SUSPENDED: Reason("suspended"),
    _S.DELIVERED: Reason("delivered"),
    _S.INSTALLED: Reason("installed"),
    _S.ACCEPTED: Reason("accepted"),
    _S.IN_SERVICE: Reason("in service"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One event that concerns a milestone. `quantity` is that of a measurement."""

    day: date
    kind: EventKind
    quantity: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Goal:
    """When a milestone is complete: once it reached `complete_at`. `quantity` is what measurements add up to."""

    complete_at: MilestoneState
    quantity: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a milestone stands on a day.

    `completion` is from 0 to 1; `history` each state it entered, with the day, in order.
    """

    state: MilestoneState
    completion: Fraction
    history: tuple[tuple[date, MilestoneState], ...]
    #: Since when it is complete.
    completed_on: date | None

    @property
    def began_on(self) -> date | None:
        return self.history[0][0] if self.history else None


def progress(goal: Goal, steps: Iterable[Step], *, on: date) -> Progress:
    """Where a milestone stands at the end of the day `on`. Later steps are not looked at.

    Raises `RefusedError` where a step cannot follow the state before it.
    """
    order = list(EventKind)
    known = sorted((step for step in steps if step.day <= on), key=lambda step: (step.day, order.index(step.kind)))
    history: list[tuple[date, MilestoneState]] = []
    completed_on: date | None = None
    state, measured = MilestoneState.PLANNED, Fraction(0)
    for step in known:
        measured += Fraction(step.quantity or 0)
        if step.kind not in BECOMES:
            continue
        state = _following(state, BECOMES[step.kind], step.day)
        history.append((step.day, state))
        if completed_on is None and _RANK[state] >= _RANK[goal.complete_at]:
            completed_on = step.day
    return Progress(state, Fraction(1) if completed_on else _share(goal, measured), tuple(history), completed_on)


def _share(goal: Goal, measured: Fraction) -> Fraction:
    """What is measured so far never makes a milestone complete: reaching its state does."""
    return min(measured / Fraction(goal.quantity), Fraction(99, 100)) if goal.quantity else Fraction(0)


def _following(before: MilestoneState, now: MilestoneState, on: date) -> MilestoneState:
    if now not in FOLLOWS[before]:
        raise RefusedError(
            "on %(day)s a milestone cannot be %(now)s: before, it is %(before)s",
            day=on.isoformat(),
            now=STATE_WORDS[now],
            before=STATE_WORDS[before],
        )
    return now


def weighted(parts: Iterable[tuple[Decimal, Fraction]]) -> Fraction:
    """Weighted progress in percent of the plan's weight: the sum of weight times completion."""
    return sum((Fraction(weight) * completion for weight, completion in parts), Fraction(0))


def whole_months(since: date, until: date) -> int:
    """Whole months from one day to a later one, month ends counted as such: 30 September to 31 December is 3."""
    months = (until.year - since.year) * 12 + until.month - since.month
    last = _is_month_end(until) and _is_month_end(since)
    return months if last or until.day >= since.day else months - 1


def _is_month_end(day: date) -> bool:
    return date.fromordinal(day.toordinal() + 1).day == 1

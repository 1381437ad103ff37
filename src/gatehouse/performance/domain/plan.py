"""A plan as its records have it, and what follows from them on a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from gatehouse.performance.domain import records
from gatehouse.performance.domain.milestones import (
    EventKind,
    Goal,
    MilestoneState,
    Progress,
    Step,
    progress,
    weighted,
    whole_months,
)
from gatehouse.performance.domain.rounds import Standing, standing

Text = dict[str, str]


@dataclass(frozen=True, slots=True)
class MilestoneStanding:
    """A milestone with what its events say of it."""

    facts: records.Milestone
    progress: Progress
    events: tuple[records.Event, ...]

    @property
    def earned(self) -> Fraction:
        """What it adds to the plan's progress, in percent of the plan's weight."""
        return Fraction(self.facts.weight) * self.progress.completion

    @property
    def complete(self) -> bool:
        return self.progress.completed_on is not None


@dataclass(frozen=True, slots=True)
class Bar:
    """A row of a Gantt chart. `actual_until` is None while it runs; both ends of `actual` are None before it began."""

    code: str
    name: Text
    planned: tuple[date, date]
    actual_since: date | None
    actual_until: date | None
    state: MilestoneState
    completion: Fraction


@dataclass(frozen=True, slots=True)
class Delay:
    """Whole months from when the approved plan foresaw the end of the first milestone that is not complete."""

    months: int
    milestone: records.Milestone


@dataclass(frozen=True, slots=True)
class Plan:
    """All records of a plan that count, each kind in the order of its codes."""

    terms: records.PlanTerms
    milestones: tuple[records.Milestone, ...] = ()
    events: tuple[records.Event, ...] = ()
    items: tuple[records.Item, ...] = ()
    movements: tuple[records.Movement, ...] = ()
    contracts: tuple[records.Contract, ...] = ()
    deliverables: tuple[records.Deliverable, ...] = ()
    rounds: tuple[records.Round, ...] = ()
    reviews: tuple[records.Review, ...] = ()

    @property
    def code(self) -> str:
        return self.terms.code

    def standings(self, year: int, *, on: date) -> tuple[MilestoneStanding, ...]:
        """The milestones of a year as they stand on a day, in the order of the plan."""
        found = sorted((each for each in self.milestones if each.year == year), key=lambda each: each.position)
        return tuple(self._standing(each, on) for each in found)

    def weighted_progress(self, year: int, *, on: date) -> Fraction:
        """Progress in percent of the plan's weight of the year."""
        return weighted((each.facts.weight, each.progress.completion) for each in self.standings(year, on=on))

    def missed(self, year: int, *, on: date) -> tuple[MilestoneStanding, ...]:
        """Milestones whose end has passed and that are not complete."""
        return tuple(each for each in self.standings(year, on=on) if each.facts.ends <= on and not each.complete)

    def missed_without_action(self, year: int, *, on: date) -> tuple[MilestoneStanding, ...]:
        """Those of `missed` for which no review names a corrective action and who takes it."""
        answered = {each.milestone for each in self.reviews if each.year == year and _answers(each)}
        return tuple(each for each in self.missed(year, on=on) if each.facts.code not in answered)

    def delay(self, *, on: date) -> Delay | None:
        """None where every milestone with a baseline is complete, or the first that is not lies ahead."""
        behind = [
            (each.baseline_ends, each)
            for each in self.milestones
            if each.baseline_ends is not None and each.baseline_ends <= on and not self._standing(each, on).complete
        ]
        if not behind:
            return None
        foreseen, first = min(behind, key=lambda pair: (pair[0], pair[1].position))
        return Delay(whole_months(foreseen, on), first)

    def gantt(self, year: int, *, on: date) -> tuple[Bar, ...]:
        """Planned and actual spans of the year's milestones."""
        return tuple(
            Bar(
                code=each.facts.code,
                name=each.facts.name,
                planned=(each.facts.starts, each.facts.ends),
                actual_since=each.progress.began_on,
                actual_until=each.progress.completed_on,
                state=each.progress.state,
                completion=each.progress.completion,
            )
            for each in self.standings(year, on=on)
        )

    def happened(self, kind: EventKind, *, on: date, since: date = date.min) -> tuple[records.Event, ...]:
        """Events of a kind from `since` to `on`, in the order of time."""
        found = (each for each in self.events if each.kind is kind and since <= each.day <= on)
        return tuple(sorted(found, key=lambda each: (each.day, each.code)))

    def movements_of(self, year: int, *, on: date) -> tuple[records.Movement, ...]:
        return tuple(each for each in self.movements if each.year == year and each.day <= on)

    def review_of(self, deliverable: records.Deliverable, *, on: date) -> Standing:
        return standing(self.rounds_of(deliverable), on=on)

    def rounds_of(self, deliverable: records.Deliverable) -> Sequence[records.Round]:
        return [each for each in self.rounds if each.deliverable == deliverable.code]

    def owed(self, contract: str, *kinds: records.DeliverableKind) -> tuple[records.Deliverable, ...]:
        """What a contract owes of some kinds, by phase."""
        found = (each for each in self.deliverables if each.contract == contract and each.kind in kinds)
        return tuple(sorted(found, key=lambda each: (each.phase, each.code)))

    def _standing(self, milestone: records.Milestone, on: date) -> MilestoneStanding:
        events = tuple(each for each in self.events if milestone.code in each.milestones and each.day <= on)
        steps = [Step(each.day, each.kind, each.quantity) for each in events]
        found = progress(Goal(milestone.complete_at, milestone.quantity), steps, on=on)
        return MilestoneStanding(milestone, found, events)


def _answers(review: records.Review) -> bool:
    return any(review.action.values()) and review.owner != ""

"""What the house proposes, and why, by the profile's table: at the centre and away from it. A person decides."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, NamedTuple, Protocol

from gatehouse.device.findings import Found
from gatehouse.device.states import PASS
from gatehouse.device.words import Capacity, DecisionKind, Direction, Finding
from gatehouse.kernel.results import Reason
from gatehouse.law.dated import Personal

#: What has to be looked into comes before a refusal: the second line may find that there is nothing to refuse.
_FIRST = (DecisionKind.REFER, DecisionKind.REFUSE)


class ProposalRule(Personal):
    """What a finding makes the house propose. `admit` only shows the reason."""

    finding: Finding
    kind: Literal[DecisionKind.ADMIT, DecisionKind.REFER, DecisionKind.REFUSE]
    person: Literal["national", "other"] | None = None
    direction: Direction | None = None
    capacity: Capacity | None = None

    def fits(self, *, national: bool, nationality: str, direction: Direction, capacity: Capacity) -> bool:
        return (
            self.person in {None, "national" if national else "other"}
            and self.direction in {None, direction}
            and self.capacity in {None, capacity}
            and self.concerns(nationality)
        )


class Circumstances(Protocol):
    """What decides which row of the profile's table counts."""

    @property
    def on(self) -> date: ...
    @property
    def national(self) -> bool: ...
    @property
    def nationality(self) -> str: ...
    @property
    def direction(self) -> Direction: ...
    @property
    def capacity(self) -> Capacity: ...


class Ruled(NamedTuple):
    """A finding with what the table makes of it; the reason cites the row's article."""

    #: None where it was not kept: of a proposal that a device made, or of before findings were kept.
    finding: Finding | None
    kind: DecisionKind
    reason: Reason


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the rules suggest to the officer, and why."""

    kind: DecisionKind
    reasons: tuple[Reason, ...]
    #: What stands behind each reason; empty where it was not kept.
    found: tuple[Ruled, ...] = field(default=(), compare=False, repr=False)


def propose(found: Iterable[Found], seen: Circumstances, rules: Sequence[ProposalRule]) -> Proposal:
    """The proposal that follows from what was found, with every reason that counted."""
    return _concluded(_ruled(found, seen, rules), seen.direction)


def amended(
    before: Proposal,
    found: Iterable[Found],
    seen: Circumstances,
    rules: Sequence[ProposalRule],
    *,
    anew: Collection[Finding],
) -> Proposal:
    """The proposal once the findings of the kinds `anew` are those of `found`; the others stay as they were ruled, and
    reasons of which the finding was not kept stay with the proposal that they made."""
    behind = before.found or [Ruled(None, before.kind, reason) for reason in before.reasons]
    kept = (each for each in behind if each.finding not in anew)
    return _concluded((*kept, *_ruled(found, seen, rules)), seen.direction)


def rule_for(finding: Finding, seen: Circumstances, rules: Sequence[ProposalRule]) -> ProposalRule | None:
    """The first row that fits, by the law in force that day."""
    return next(
        (
            rule
            for rule in rules
            if rule.finding is finding
            and rule.in_force(seen.on)
            and rule.fits(
                national=seen.national,
                nationality=seen.nationality,
                direction=seen.direction,
                capacity=seen.capacity,
            )
        ),
        None,
    )


def _ruled(found: Iterable[Found], seen: Circumstances, rules: Sequence[ProposalRule]) -> Iterator[Ruled]:
    """What the table makes of each finding; those of which it says nothing are left out."""
    for each in found:
        if (rule := rule_for(each.finding, seen, rules)) is not None:
            yield Ruled(each.finding, rule.kind, _cited(each.reason, rule))


def _concluded(found: Iterable[Ruled], direction: Direction) -> Proposal:
    counted = tuple(found)
    kinds = {each.kind for each in counted}
    kind = next((kind for kind in _FIRST if kind in kinds), PASS[direction])
    return Proposal(kind, tuple(each.reason for each in counted), counted)


def _cited(reason: Reason, rule: ProposalRule) -> Reason:
    return Reason(reason.text, **{**reason.parts, "article": rule.article})

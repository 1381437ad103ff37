"""What the house proposes, and why, by the profile's table: at the centre and away from it. A person decides."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from gatehouse.device.findings import Found, Seen
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


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the rules suggest to the officer, and why."""

    kind: DecisionKind
    reasons: tuple[Reason, ...]


def propose(found: Iterable[Found], seen: Seen, rules: Sequence[ProposalRule]) -> Proposal:
    """The proposal that follows from what was found, with every reason that counted."""
    ruled = [(rule, each) for each in found if (rule := rule_for(each.finding, seen, rules)) is not None]
    kinds = {rule.kind for rule, _ in ruled}
    kind = next((kind for kind in _FIRST if kind in kinds), PASS[seen.direction])
    return Proposal(kind, tuple(_cited(each.reason, rule) for rule, each in ruled))


def rule_for(finding: Finding, seen: Seen, rules: Sequence[ProposalRule]) -> ProposalRule | None:
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


def _cited(reason: Reason, rule: ProposalRule) -> Reason:
    return Reason(reason.text, **{**reason.parts, "article": rule.article})

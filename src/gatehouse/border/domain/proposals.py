"""What the house proposes, and why. A person decides."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import NamedTuple, Protocol

from gatehouse.border.domain.facts import Facts
from gatehouse.border.domain.findings import findings
from gatehouse.border.domain.found import Found
from gatehouse.border.domain.rules import ProposalRule, Rules
from gatehouse.border.domain.states import PASS
from gatehouse.border.domain.views import Proposal
from gatehouse.border.domain.words import Capacity, DecisionKind, Direction, Finding
from gatehouse.kernel.results import Reason

#: What has to be looked into comes before a refusal: the second line may find that there is nothing to refuse.
_FIRST = (DecisionKind.REFER, DecisionKind.REFUSE)


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

    finding: Finding
    kind: DecisionKind
    reason: Reason


def propose(facts: Facts, rules: Rules) -> Proposal:
    """The proposal that follows from the facts by the profile's table, with every reason that counted."""
    return concluded(ruled(findings(facts, rules), facts, rules), facts.direction)


def ruled(found: Iterable[Found], circumstances: Circumstances, rules: Rules) -> tuple[Ruled, ...]:
    """What the table makes of each finding, by the law in force that day; those of which it says nothing are left."""
    return tuple(
        Ruled(each.finding, rule.kind, _cited(each.reason, rule))
        for each in found
        if (rule := _rule(each, circumstances, rules)) is not None
    )


def concluded(found: Iterable[Ruled], direction: Direction) -> Proposal:
    counted = tuple(found)
    kinds = {each.kind for each in counted}
    kind = next((kind for kind in _FIRST if kind in kinds), PASS[direction])
    return Proposal(kind, tuple(each.reason for each in counted), counted)


def amended(
    before: Proposal, found: Iterable[Found], circumstances: Circumstances, rules: Rules, *, anew: Collection[Finding]
) -> Proposal:
    """The proposal once the findings of the kinds `anew` are those of `found`; the others stay as they were ruled."""
    kept = [Ruled(*each) for each in before.found if each[0] not in anew]
    return concluded((*kept, *ruled(found, circumstances, rules)), circumstances.direction)


def _rule(found: Found, circumstances: Circumstances, rules: Rules) -> ProposalRule | None:
    """The first row that fits."""
    return next(
        (
            rule
            for rule in rules.proposals
            if rule.finding is found.finding
            and rule.in_force(circumstances.on)
            and rule.fits(
                national=circumstances.national,
                nationality=circumstances.nationality,
                direction=circumstances.direction,
                capacity=circumstances.capacity,
            )
        ),
        None,
    )


def _cited(reason: Reason, rule: ProposalRule) -> Reason:
    return Reason(reason.text, **{**reason.parts, "article": rule.article})

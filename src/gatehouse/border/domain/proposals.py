"""What the house proposes, and why. A person decides."""

from __future__ import annotations

from gatehouse.border.domain.facts import Facts
from gatehouse.border.domain.findings import Found, findings
from gatehouse.border.domain.rules import ProposalRule, Rules
from gatehouse.border.domain.states import PASS
from gatehouse.border.domain.views import Proposal
from gatehouse.border.domain.words import DecisionKind
from gatehouse.kernel.results import Reason

#: What has to be looked into comes before a refusal: the second line may find that there is nothing to refuse.
_FIRST = (DecisionKind.REFER, DecisionKind.REFUSE)


def propose(facts: Facts, rules: Rules) -> Proposal:
    """The proposal that follows from the facts by the profile's table, with every reason that counted."""
    ruled = [(rule, found) for found in findings(facts, rules) if (rule := _rule(found, facts, rules)) is not None]
    kinds = {rule.kind for rule, _ in ruled}
    kind = next((kind for kind in _FIRST if kind in kinds), PASS[facts.direction])
    return Proposal(kind, tuple(_cited(found.reason, rule) for rule, found in ruled))


def _rule(found: Found, facts: Facts, rules: Rules) -> ProposalRule | None:
    """The first row that fits, by the law in force that day."""
    return next(
        (
            rule
            for rule in rules.proposals
            if rule.finding is found.finding
            and rule.in_force(facts.on)
            and rule.fits(
                national=facts.national,
                nationality=facts.nationality,
                direction=facts.direction,
                capacity=facts.capacity,
            )
        ),
        None,
    )


def _cited(reason: Reason, rule: ProposalRule) -> Reason:
    return Reason(reason.text, **{**reason.parts, "article": rule.article})

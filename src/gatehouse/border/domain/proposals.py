"""What the house proposes at the centre, and why. A person decides."""

from __future__ import annotations

from gatehouse.border.domain.facts import Facts
from gatehouse.border.domain.findings import findings
from gatehouse.border.domain.rules import Rules
from gatehouse.device import proposals
from gatehouse.device.proposals import Proposal


def propose(facts: Facts, rules: Rules) -> Proposal:
    """The proposal that follows from the facts by the profile's table, with every reason that counted."""
    return proposals.propose(findings(facts, rules), facts, rules.proposals)

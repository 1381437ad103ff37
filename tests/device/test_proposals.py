"""A proposal that follows what is found anew, and keeps what it rested on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest

from gatehouse.device.findings import Found
from gatehouse.device.proposals import Proposal, ProposalRule, Ruled, amended, propose
from gatehouse.device.words import Capacity, DecisionKind, Direction, Finding
from gatehouse.kernel.results import Reason

ADMIT, REFER, REFUSE = DecisionKind.ADMIT, DecisionKind.REFER, DecisionKind.REFUSE
MISSING, DIFFERS, EXPIRED = Finding.CAPTURE_MISSING, Finding.FACE_DIFFERS, Finding.DOCUMENT_EXPIRED
ANEW = frozenset({MISSING, DIFFERS})


def rule(finding: Finding, kind: DecisionKind, article: str) -> ProposalRule:
    return ProposalRule.model_validate(
        {"finding": finding, "kind": kind, "since": date(2020, 1, 1), "article": article, "source": "made up"}
    )


RULES = (rule(EXPIRED, REFUSE, "1"), rule(DIFFERS, REFER, "2"), rule(MISSING, ADMIT, "3"))


@dataclass(frozen=True)
class Where:
    on: date = date(2023, 5, 1)
    national: bool = False
    nationality: str = "JPN"
    direction: Direction = Direction.ENTRY
    capacity: Capacity = Capacity.PASSENGER


def found(finding: Finding) -> Found:
    return Found(finding, Reason(f"{finding.value} (%(article)s)"))


def said(proposal: Proposal) -> list[str]:
    return [str(reason) for reason in proposal.reasons]


def test_each_reason_has_what_stands_behind_it() -> None:
    proposal = propose([found(EXPIRED), found(Finding.OVERSTAY), found(MISSING)], Where(), RULES)
    assert (proposal.kind, said(proposal)) == (REFUSE, ["document_expired (1)", "capture_missing (3)"])
    assert proposal.found == (
        Ruled(EXPIRED, REFUSE, proposal.reasons[0]),
        Ruled(MISSING, ADMIT, proposal.reasons[1]),
    )


def test_what_is_found_anew_replaces_what_was_found_of_its_kind_and_nothing_else() -> None:
    before = propose([found(EXPIRED), found(MISSING)], Where(), RULES)
    after = amended(before, [found(DIFFERS)], Where(), RULES, anew=ANEW)
    assert (after.kind, said(after)) == (REFER, ["document_expired (1)", "face_differs (2)"])
    last = amended(after, [], Where(), RULES, anew=ANEW)
    assert (last.kind, said(last)) == (REFUSE, ["document_expired (1)"])


@pytest.mark.parametrize("kind", [ADMIT, REFER, REFUSE])
def test_reasons_of_which_the_finding_was_not_kept_stay_with_their_proposal(kind: DecisionKind) -> None:
    before = Proposal(kind, (Reason("as was shown on board"),))
    after = amended(before, [found(MISSING)], Where(), RULES, anew=ANEW)
    assert (after.kind, said(after)) == (kind, ["as was shown on board", "capture_missing (3)"])
    assert [each.finding for each in after.found] == [None, MISSING]
    last = amended(after, [], Where(), RULES, anew=ANEW)
    assert (last.kind, said(last)) == (kind, ["as was shown on board"])

from __future__ import annotations

from datetime import date

from gatehouse.border.stored import proposal_json, proposal_of, versions_of
from gatehouse.device.proposals import Proposal, Ruled
from gatehouse.device.words import DecisionKind, Finding
from gatehouse.documents.pki.sources import Kind, Source
from gatehouse.kernel.results import Reason


def test_versions_are_read_as_they_were_written() -> None:
    used = (
        Source(Kind.MASTER_LIST, "a.ml", date(2026, 1, 8), "00" * 32),
        Source(Kind.PKD_EXPORT, "b", None, "11" * 32),
    )
    written = {"document": {"versions": [each.as_dict() for each in used]}}
    assert versions_of(written) == used
    assert written["document"]["versions"][1] == {"kind": "PKD export", "name": "b", "date": None, "sha256": "11" * 32}


def test_an_inspection_of_before_versions_were_kept_has_none() -> None:
    assert versions_of({"document": {"checks": []}}) == ()


def test_a_proposal_is_read_as_it_was_written_with_what_stands_behind_its_reasons() -> None:
    one, other = Reason("as was shown on board"), Reason("the document expired on %(day)s", day="2023-04-01")
    behind = (Ruled(None, DecisionKind.ADMIT, one), Ruled(Finding.DOCUMENT_EXPIRED, DecisionKind.REFUSE, other))
    proposal = Proposal(DecisionKind.REFUSE, (one, other), behind)
    written = proposal_json(proposal)
    assert written["found"] == [[None, "admit"], ["document_expired", "refuse"]]
    read = proposal_of("refuse", written)
    assert (read, read.found) == (proposal, behind)


def test_a_proposal_of_before_findings_were_kept_has_its_reasons_alone() -> None:
    read = proposal_of("refer", {"reasons": [Reason("no visa").as_dict()]})
    assert (read, read.found) == (Proposal(DecisionKind.REFER, (Reason("no visa"),)), ())

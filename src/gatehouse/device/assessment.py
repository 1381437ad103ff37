"""What a desk finds and proposes where the centre is not there, from a document and the lists in its bundle.

What needs the records of the centre (a visa or permit, a stay that ends, who the person was taken for) is said to be
undetermined, and never taken for good: where the law of entry rests on it, the proposal is the second line. Nothing of
biometrics is captured or compared here, and so nothing is found of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from gatehouse.device.examination import Examined
from gatehouse.device.findings import Found, age, full_date, of_document, of_exemption, of_lists, of_minor
from gatehouse.device.proposals import Proposal, propose
from gatehouse.device.states import PASS
from gatehouse.device.tables import Tables
from gatehouse.device.watch_index import LocalHit
from gatehouse.device.words import Capacity, DecisionKind, Direction
from gatehouse.documents.comparisons import expiry
from gatehouse.kernel.results import Check, Reason, Result
from gatehouse.kernel.timing import timed
from gatehouse.law.stay import Exemption, exemption


@dataclass(frozen=True, slots=True)
class LocalFacts:
    """What the findings look at (`gatehouse.device.findings.Seen`)."""

    direction: Direction
    capacity: Capacity
    on: date
    nationality: str
    national: bool
    age: int | None
    accompanied: bool
    document: Result
    mrz_valid: bool
    expiry_date: date | None
    exemption: Exemption | None
    hits: tuple[LocalHit, ...]

    @property
    def needs_permit(self) -> bool:
        """Whether entry rests on a visa or permit, which only the centre can look up."""
        return self.direction is Direction.ENTRY and not self.national and self.exemption is None


@dataclass(frozen=True, slots=True)
class LocalAssessment:
    checks: tuple[Check, ...]
    proposal: Proposal
    #: At entry without a visa; None where it cannot be told here, or there is none.
    last_permitted_day: date | None


def assess(
    tables: Tables,
    *,
    examined: Examined,
    hits: tuple[LocalHit, ...],
    direction: Direction,
    capacity: Capacity,
    accompanied: bool,
    on: date,
) -> LocalAssessment:
    mrz = examined.mrz
    national = mrz.nationality == tables.state
    facts = LocalFacts(
        direction=direction,
        capacity=capacity,
        on=on,
        nationality=mrz.nationality,
        national=national,
        age=age(mrz.birth_date, on),
        accompanied=accompanied,
        document=examined.result,
        mrz_valid=mrz.valid,
        expiry_date=full_date(mrz.expiry_date),
        exemption=exemption(tables.exemptions, mrz.nationality, on),
        hits=hits,
    )
    proposal = _careful(propose(_found(facts, tables), facts, tables.proposals), facts)
    exempt = facts.exemption if direction is Direction.ENTRY and not national else None
    last = exempt.term.last_day(on) if exempt else None
    return LocalAssessment((*examined.checks, *_checks(facts)), proposal, last)


def _found(facts: LocalFacts, tables: Tables) -> Iterator[Found]:
    yield from of_document(facts)
    if facts.direction is Direction.ENTRY and not facts.national:
        yield from of_exemption(facts)
    yield from of_lists(facts)
    yield from of_minor(facts, tables.settings.minor_below)


def _careful(proposal: Proposal, facts: LocalFacts) -> Proposal:
    """Nobody is let in on a permit that nobody could look up, unless an officer says why."""
    if not facts.needs_permit:
        return proposal
    reason = Reason("no exemption from a visa applies, and a visa or permit cannot be looked up without the centre")
    kind = DecisionKind.REFER if proposal.kind is PASS[facts.direction] else proposal.kind
    return Proposal(kind, (*proposal.reasons, reason))


def _checks(facts: LocalFacts) -> Iterator[Check]:
    """What was looked at beside the document, and what could not be."""
    yield timed(lambda: expiry(facts.expiry_date, facts.on))
    if facts.hits:
        reason = Reason("%(count)d list entries may mean this person or document", count=len(facts.hits))
        yield Check("watchlist", Result.UNDETERMINED, reason)
    else:
        reason = Reason("no entry of the lists in the bundle bears this document or name")
        yield Check("watchlist", Result.SUCCESSFUL, reason)
    yield Check("record", Result.UNDETERMINED, Reason("permits and stays cannot be looked up without the centre"))

"""What a desk makes of a document where the centre is not there: its checks, what it finds, and what it proposes.

What needs the records of the centre (a visa or permit, a stay that ends, who the person was taken for) is said to be
undetermined, and never taken for good: where it decides, the proposal is the second line.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from gatehouse.device.findings import Found, age, full_date, of_document, of_exemption, of_lists, of_minor
from gatehouse.device.proposals import Proposal, propose
from gatehouse.device.tables import Tables
from gatehouse.device.watch_index import LocalHit
from gatehouse.device.words import Capacity, Direction, Finding
from gatehouse.documents import lds
from gatehouse.documents.comparisons import same_zone
from gatehouse.documents.mrz import Mrz
from gatehouse.documents.passive import authenticate
from gatehouse.documents.pki.trust import TrustStore
from gatehouse.kernel.errors import UnreadableError
from gatehouse.kernel.results import Check, Reason, Result
from gatehouse.law.stay import Exemption, exemption
from gatehouse.law.terms import Term  # noqa: F401  (named by the exemption's own term)


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


@dataclass(frozen=True, slots=True)
class Assessment:
    document: Result
    checks: tuple[Check, ...]
    proposal: Proposal
    #: At entry without a visa; None where it cannot be told here, or there is none.
    last_permitted_day: date | None


def assess(
    tables: Tables,
    *,
    mrz: Mrz,
    files: Mapping[str, bytes],
    chip: Sequence[Check],
    failure: Reason | None,
    trust: TrustStore,
    hits: tuple[LocalHit, ...],
    direction: Direction,
    capacity: Capacity,
    accompanied: bool,
    on: date,
) -> Assessment:
    """`chip` are the checks that were made while the chip was read, `failure` why it was not read to its end."""
    checks = (_zone(mrz), *_passive(files, trust, on), *_same(files, mrz), *chip)
    document = _verdict(checks, "SOD" in files and failure is None)
    facts = LocalFacts(
        direction=direction,
        capacity=capacity,
        on=on,
        nationality=mrz.nationality,
        national=mrz.nationality == tables.state,
        age=age(mrz.birth_date, on),
        accompanied=accompanied,
        document=document,
        mrz_valid=mrz.valid,
        expiry_date=full_date(mrz.expiry_date),
        exemption=exemption(tables.exemptions, mrz.nationality, on),
        hits=hits,
    )
    proposal = propose(_found(facts, tables), facts, tables.proposals)
    proposal = _with_what_is_not_known(proposal, facts)
    entering = direction is Direction.ENTRY and not facts.national and facts.exemption is not None
    last = facts.exemption.term.last_day(on) if entering and facts.exemption else None
    return Assessment(document, (*checks, *_beside(facts)), proposal, last)

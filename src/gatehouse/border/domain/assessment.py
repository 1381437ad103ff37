"""From a document, a person and what is on record of both to a proposal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from gatehouse.border.domain.capture import Capture
from gatehouse.border.domain.comparisons import Comparison
from gatehouse.border.domain.facts import Facts, Stay, stay
from gatehouse.border.domain.holders import holder_of
from gatehouse.border.domain.proposals import propose
from gatehouse.border.domain.rules import Rules
from gatehouse.border.domain.words import Capacity, Direction
from gatehouse.device.examination import Examined
from gatehouse.device.findings import age, full_date
from gatehouse.device.proposals import Proposal
from gatehouse.documents.comparisons import expiry
from gatehouse.kernel.results import Check, Reason, Result
from gatehouse.kernel.timing import timed
from gatehouse.law.stay import exemption
from gatehouse.travellers.api import Recognised, same_person_plausible
from gatehouse.watchlist.api import Hit


@dataclass(frozen=True, slots=True)
class Desk:
    """Where, which way and with whom somebody travels."""

    port: str
    lane: str
    direction: Direction
    capacity: Capacity
    #: Flight or ship, as "CI 101"; empty where it is not known.
    conveyance: str
    #: The inspection of the adult who accompanies a minor.
    guardian: UUID | None
    #: An adult accompanies a minor, as an officer without the centre saw.
    accompanied: bool = False


@dataclass(frozen=True, slots=True)
class Assessment:
    facts: Facts
    #: What entry would give; None at exit and in transit, for nationals, and where nothing lets the person in.
    stay: Stay | None
    proposal: Proposal
    checks: tuple[Check, ...]

    @property
    def last_permitted_day(self) -> date | None:
        """Of the stay that begins at entry, or that ends at exit."""
        return self.stay.last_permitted_day if self.stay else self.facts.stay_until

    @property
    def limited_permit(self) -> UUID | None:
        """The permit that loses one of its entries by admission."""
        permit = self.facts.permit
        if self.stay is None or permit is None or permit.entries_allowed is None or self.stay.number != permit.number:
            return None
        return permit.id


def assess(
    rules: Rules,
    *,
    desk: Desk,
    on: date,
    examined: Examined,
    person: Recognised,
    hits: tuple[Hit, ...],
    stay_until: date | None,
    captures: tuple[Capture, ...] = (),
    comparisons: tuple[Comparison, ...] = (),
) -> Assessment:
    """What the house makes of it on that day at the border. `stay_until` is the last day of a stay that ends."""
    mrz = examined.mrz
    facts = Facts(
        direction=desk.direction,
        capacity=desk.capacity,
        on=on,
        nationality=mrz.nationality,
        national=mrz.nationality == rules.state,
        age=age(mrz.birth_date, on),
        accompanied=desk.accompanied or desk.guardian is not None,
        document=examined.result,
        mrz_valid=mrz.valid,
        expiry_date=full_date(mrz.expiry_date),
        holder_differs=not same_person_plausible(person, holder_of(examined.mrz, examined.names)),
        permit=person.permit,
        exemption=exemption(rules.exemptions, mrz.nationality, on),
        stay_until=stay_until,
        hits=hits,
        captures=captures,
        comparisons=comparisons,
    )
    entering = desk.direction is Direction.ENTRY
    given = stay(rules, on=on, nationality=mrz.nationality, permit=person.permit) if entering else None
    return Assessment(facts, given, propose(facts, rules), (*examined.checks, *_checks(facts)))


def _checks(facts: Facts) -> Iterator[Check]:
    """What was looked at beside the document itself."""
    yield timed(lambda: expiry(facts.expiry_date, facts.on))
    if facts.holder_differs:
        yield Check("record", Result.FAILED, Reason("the record has another date of birth"))
    if facts.hits:
        reason = Reason("%(count)d list entries may mean this person or document", count=len(facts.hits))
        yield Check("watchlist", Result.UNDETERMINED, reason)
    else:
        yield Check("watchlist", Result.SUCCESSFUL, Reason("no list entry bears this document or name"))

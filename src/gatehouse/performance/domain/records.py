"""What is recorded of a plan and beside plans: the facts that a service is given, as they stand in a file or a form.

Each record has a code that stays the same when it is corrected, and says where it was read. `reconstructed` says that
the source gives a total or an order alone, and that this record was made up to agree with it.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from pydantic import Field, StringConstraints, model_validator

from gatehouse.performance.domain.budget import ItemKind, MovementKind
from gatehouse.performance.domain.milestones import BECOMES, EventKind, MilestoneState
from gatehouse.platform.profile import Row

Code = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=48)]
#: A text by language code.
Words = Annotated[dict[str, Annotated[str, Field(min_length=1)]], Field(min_length=1)]
#: The largest amount or number of a record: a thousand million million, which a store of 64 bits holds.
MOST = 10**15
#: A year of the agency's calendar.
Year = Annotated[int, Field(ge=1, le=9999)]


class Record(Row):
    code: Code
    source: str = Field(min_length=1)
    reconstructed: bool = False

    def shown(self) -> tuple[dict[str, str], str]:
        """What it is and what it says, for a reader of the evidence."""
        return {"en": self.code}, ""


class Kind(StrEnum):
    """What a record of a plan is one of."""

    PLAN_TERMS = "plan_terms"
    MILESTONE = "milestone"
    EVENT = "event"
    REVIEW = "review"
    BUDGET_ITEM = "budget_item"
    BUDGET_MOVEMENT = "budget_movement"
    CONTRACT = "contract"
    DELIVERABLE = "deliverable"
    DELIVERABLE_ROUND = "deliverable_round"


class Phase(Row):
    """A stretch of a plan, by its number."""

    number: int = Field(ge=1, le=9999)
    name: Words
    since: date
    until: date

    @model_validator(mode="after")
    def _in_order(self) -> Phase:
        if self.until < self.since:
            raise ValueError("a phase cannot end before it begins")
        return self


class PlanTerms(Record):
    """A multi-year plan: what it is called, who runs it and for how long. `code` is that of the plan."""

    name: Words
    owner: Words
    first_year: Year
    last_year: Year
    phases: tuple[Phase, ...] = ()

    @model_validator(mode="after")
    def _in_order(self) -> PlanTerms:
        if self.last_year < self.first_year:
            raise ValueError("a plan cannot end before it begins")
        if [phase.number for phase in self.phases] != list(range(1, len(self.phases) + 1)):
            raise ValueError("phases are numbered from 1 in their order")
        return self

    def shown(self) -> tuple[dict[str, str], str]:
        return self.name, f"{self.first_year}-{self.last_year}"


class Milestone(Record):
    """A milestone of a year with its weight in percent of the plan's weight of that year.

    `complete_at` is the state that completes it. `starts` and `ends` are when the year's schedule wants it;
    `baseline_ends` is when the plan as it was approved foresaw its end, where that is on record.
    """

    year: Year
    position: int = Field(ge=1, le=9999)
    name: Words
    weight: Decimal = Field(gt=0, le=100, max_digits=5, decimal_places=2)
    complete_at: MilestoneState
    starts: date
    ends: date
    baseline_ends: date | None = None
    quantity: Decimal | None = Field(default=None, gt=0, max_digits=12, decimal_places=2)
    unit: str = ""

    @model_validator(mode="after")
    def _in_order(self) -> Milestone:
        if self.ends < self.starts:
            raise ValueError("a milestone cannot end before it begins")
        if self.complete_at not in BECOMES.values() or self.complete_at in (
            MilestoneState.FAILED_TENDER,
            MilestoneState.SUSPENDED,
        ):
            raise ValueError("no milestone is complete in this state")
        if (self.quantity is None) != (self.unit == ""):
            raise ValueError("a quantity has a unit")
        return self

    def shown(self) -> tuple[dict[str, str], str]:
        return self.name, f"{self.weight.normalize():f}%"


class Event(Record):
    """What happened on a day. `milestones` are the codes of those it moves; `bidders` is of a tender's opening."""

    kind: EventKind
    day: date
    name: Words
    milestones: tuple[Code, ...] = ()
    contract: Code | None = None
    bidders: int | None = Field(default=None, ge=0, le=9999)
    quantity: Decimal | None = Field(default=None, gt=0, max_digits=12, decimal_places=2)

    @model_validator(mode="after")
    def _whole(self) -> Event:
        if (self.kind is EventKind.MEASUREMENT) != (self.quantity is not None):
            raise ValueError("a measurement, and nothing else, has a quantity")
        if self.kind is EventKind.MEASUREMENT and len(self.milestones) != 1:
            raise ValueError("a measurement is of one milestone")
        return self

    def shown(self) -> tuple[dict[str, str], str]:
        return self.name, self.day.isoformat()


class Item(Record):
    """A budget item."""

    name: Words
    kind: ItemKind

    def shown(self) -> tuple[dict[str, str], str]:
        return self.name, ""


class Movement(Record):
    """Money that moved, in whole units of currency, in the budget of a year."""

    year: Year
    day: date
    kind: MovementKind
    item: Code
    to_item: str = ""
    #: The code of the payable that a payment settles.
    settles: str = ""
    amount: int = Field(gt=0, le=MOST)

    @model_validator(mode="after")
    def _whole(self) -> Movement:
        if (self.kind is MovementKind.TRANSFER) != (self.to_item != ""):
            raise ValueError("a transfer, and nothing else, goes to another item")
        if self.to_item == self.item:
            raise ValueError("a transfer goes to another item")
        if self.settles and self.kind is not MovementKind.PAYMENT:
            raise ValueError("only a payment settles what is owed")
        return self

    def shown(self) -> tuple[dict[str, str], str]:
        way = f"{self.item} → {self.to_item}" if self.to_item else self.item
        return {"en": f"{self.kind.value}, {way}"}, f"{self.day.isoformat()} {self.amount:,}"


class Role(StrEnum):
    CONTRACTOR = "contractor"
    #: 代辦機關: another agency that procures and runs the works.
    AGENT_AGENCY = "agent_agency"
    TECHNICAL_SERVICE = "technical_service"
    #: 監審: plans the project and reviews what others deliver, independent of them.
    SUPERVISION = "supervision"


class Contract(Record):
    """Who does what for a plan. `party` is empty where the source names none."""

    role: Role
    name: Words
    party: str = ""
    amount: int | None = Field(default=None, gt=0, le=MOST)
    signed_on: date | None = None

    def shown(self) -> tuple[dict[str, str], str]:
        amount = "" if self.amount is None else f"{self.amount:,}"
        return self.name, " ".join(part for part in (self.party, amount) if part)


class DeliverableKind(StrEnum):
    EQUIPMENT = "equipment"
    SOFTWARE = "software"
    DOCUMENT = "document"
    SERVICE = "service"
    WORKS = "works"


class Deliverable(Record):
    """What a contract owes in one of its phases."""

    contract: Code
    phase: int = Field(ge=1, le=9999)
    kind: DeliverableKind
    name: Words
    due: date | None = None

    def shown(self) -> tuple[dict[str, str], str]:
        return self.name, str(self.phase)


class Verdict(StrEnum):
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"


class Reviewer(StrEnum):
    AGENCY = "agency"
    SUPERVISION = "supervision"


class Round(Record):
    """A step of the review of a deliverable: handed in, returned or approved, in which round and by whom."""

    deliverable: Code
    round: int = Field(ge=1, le=9999)
    verdict: Verdict
    day: date
    by: Reviewer | None = None
    note: str = ""

    @model_validator(mode="after")
    def _whole(self) -> Round:
        if (self.verdict is Verdict.SUBMITTED) != (self.by is None):
            raise ValueError("a verdict, and nothing else, is somebody's")
        return self

    def shown(self) -> tuple[dict[str, str], str]:
        return {"en": self.deliverable}, f"{self.round} {self.verdict.value} {self.day.isoformat()}"


class Review(Record):
    """What a year's review found, and what is done about it. `milestone` is the code of the one that was missed."""

    year: Year
    milestone: Code | None = None
    day: date
    finding: Words
    #: Empty where nothing was decided yet.
    action: dict[str, str] = Field(default_factory=dict)
    owner: str = ""
    due: date | None = None

    def shown(self) -> tuple[dict[str, str], str]:
        return self.finding, self.day.isoformat()


class FactKind(StrEnum):
    AGREEMENT = "agreement"
    RATING = "rating"
    ACTION_PLAN = "action_plan"
    TALLY = "tally"
    #: A dashboard, a network or a prediction of the platform.
    COMPONENT = "component"
    LETTER = "letter"
    RULE = "rule"


class Said(Row):
    """A declared fact: who answers for it, and when they said so."""

    owner: str = Field(min_length=1)
    day: date


class Read(Row):
    """A documented fact: the file's SHA-256, the page, who read it and who confirmed what they read."""

    document: str = Field(min_length=1)
    digest: str = Field(pattern=r"^[0-9a-f]{64}$")
    page: int = Field(ge=1, le=9999)
    read_by: str = Field(min_length=1)
    confirmed_by: str = Field(min_length=1)

    @model_validator(mode="after")
    def _two(self) -> Read:
        if self.read_by == self.confirmed_by:
            raise ValueError("a documented fact is confirmed by somebody else than who read it")
        return self


class Fact(Record):
    """A fact beside plans, declared or documented: exactly one of the two.

    `group` is what is counted together; `party` whom it is with or by; `label` the rating, or what a tally is of;
    `number` how many; `since` and `until` the days or period it concerns.
    """

    group: Code
    kind: FactKind
    name: Words
    party: str = ""
    label: str = ""
    number: int | None = Field(default=None, ge=0, le=MOST)
    since: date
    until: date | None = None
    declared: Said | None = None
    documented: Read | None = None

    @model_validator(mode="after")
    def _whole(self) -> Fact:
        if (self.declared is None) == (self.documented is None):
            raise ValueError("a fact is declared or documented")
        if self.until is not None and self.until < self.since:
            raise ValueError("a fact cannot end before it begins")
        if (self.kind in (FactKind.TALLY, FactKind.RULE)) != (self.number is not None):
            raise ValueError("a tally or a rule, and nothing else, has a number")
        if self.kind is FactKind.RATING and not self.label:
            raise ValueError("a rating says which")
        return self

    def shown(self) -> tuple[dict[str, str], str]:
        number = "" if self.number is None else f"{self.number:,}"
        days = self.since.isoformat() + ("" if self.until is None else f"/{self.until.isoformat()}")
        return self.name, " ".join(part for part in (self.party, self.label, number, days) if part)

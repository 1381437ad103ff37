"""What the events of a device say, by their kind: written into its ledger there, recorded by the centre here."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any
from uuid import UUID

import rfc8785
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, model_validator

from gatehouse.device.reading_report import ReadingReport, ReportedCheck, Sentence
from gatehouse.device.screening import Matched
from gatehouse.device.tables import LONGEST_CONVEYANCE, LONGEST_LANE
from gatehouse.device.words import Capacity, DecisionKind, Direction

LONGEST_REASON = 2000
#: The files of a chip that are kept until the centre has verified them again: none that holds a face or a finger.
KEPT_FILES = frozenset({"COM", "SOD", "DG1", "DG14", "DG15"})
_Base64 = Annotated[str, Field(pattern=r"^[A-Za-z0-9+/]*={0,2}$", max_length=128 * 1024)]
_Officer = Annotated[str, Field(min_length=1, max_length=150)]
_Reason = Annotated[str, Field(max_length=LONGEST_REASON)]
_Serial = Annotated[int, Field(ge=1)]
_Hash = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class EventKind(StrEnum):
    #: An officer signed on, or off.
    SIGN_ON = "sign_on"
    SIGN_OFF = "sign_off"
    #: A traveller's document was examined: somebody was looked at.
    INSPECTION = "inspection"
    #: An officer decided on an inspection.
    DECISION = "decision"
    #: A second officer confirmed or declined a refusal.
    CONFIRMATION = "confirmation"
    #: A recorded passage did not take place after all.
    VOID = "void"
    #: A lane lets somebody through: written before its exit opens.
    CROSSING = "crossing"
    #: What became of a crossing that a lane wrote: the person went through; did not; or nobody saw it.
    PASSAGE_CONFIRMED = "passed"
    PASSAGE_VOID = "not_passed"
    PASSAGE_DOUBTFUL = "doubtful"
    #: Somebody went through a lane of whom no crossing was written: in an emergency, or by force.
    PASSAGE_UNCLEARED = "uncleared"
    #: Somebody agreed to be enrolled in a lane.
    ENROLMENT = "enrolment"
    #: A lane handed a traveller over to an officer, opened, closed, or was in an emergency.
    LANE = "lane"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    def plain(self) -> dict[str, Any]:
        """For the ledger: values of JSON alone."""
        return self.model_dump(mode="json")


class SignedOn(_Strict):
    officer: _Officer
    #: The number of the bundle that the device worked with.
    bundle: _Serial


class ListedHit(_Strict):
    """An entry of the bundle's lists that may mean the person."""

    entry: UUID
    matched: Matched
    reason: Sentence


class Inspected(_Strict):
    """One traveller, as examined at the device, with everything that was shown to the officer."""

    inspection: UUID
    officer: _Officer
    bundle: _Serial
    read_at: AwareDatetime
    opened_at: AwareDatetime
    lane: Annotated[str, Field(min_length=1, max_length=LONGEST_LANE)]
    direction: Direction
    capacity: Capacity
    conveyance: Annotated[str, Field(max_length=LONGEST_CONVEYANCE)]
    #: Whether an adult accompanies a minor, as the officer saw.
    accompanied: bool = False
    mrz: Annotated[str, Field(max_length=100)]
    files: dict[Annotated[str, Field(pattern=r"^[A-Z0-9]{3,4}$")], _Base64] = {}
    report: ReadingReport | None = None
    verdict: Annotated[str, Field(max_length=16)]
    checks: Annotated[tuple[ReportedCheck, ...], Field(max_length=64)]
    hits: Annotated[tuple[ListedHit, ...], Field(max_length=64)] = ()
    proposed: DecisionKind
    reasons: Annotated[tuple[Sentence, ...], Field(max_length=64)] = ()
    #: As told to the traveller; None where it could not be told.
    last_permitted_day: Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")] | None = None


class SignedStatement(_Strict):
    """What an officer says with their own key. `seen` is the hash of the inspection's event: what it is about."""

    inspection: UUID
    officer: _Officer
    bundle: _Serial
    at: AwareDatetime
    seen: _Hash
    reason: _Reason = ""
    signature: Annotated[str, Field(max_length=128)] = ""

    def signed_content(self) -> bytes:
        """What the signature is over."""
        content = {**self.plain(), "statement": type(self).__name__}
        content.pop("signature")
        return b"gatehouse officer statement 1\n" + rfc8785.dumps(content)


class Decided(SignedStatement):
    kind: DecisionKind
    #: Of a hold: the ground of the article by its number.
    ground: int | None = None


class Confirmed(SignedStatement):
    """The second officer's answer to a refusal: who declines it says why."""

    confirmed: bool


class Voided(SignedStatement):
    """The passage that this inspection's decision recorded did not take place."""


class Crossed(_Strict):
    """A passage through a lane, as `CrossingFacts` of the border has it."""

    direction: Direction
    crossed_at: AwareDatetime
    mrz: Annotated[str, Field(max_length=100)]
    capacity: Capacity = Capacity.PASSENGER
    conveyance: Annotated[str, Field(max_length=LONGEST_CONVEYANCE)] = ""
    last_permitted_day: Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")] | None = None


class PassageMark(_Strict):
    """What became of a passage, which is named by the event that wrote it."""

    boot_epoch: Annotated[int, Field(ge=0)]
    sequence: Annotated[int, Field(ge=1)]
    passage: _Hash


class Uncleared(_Strict):
    direction: Direction
    at: AwareDatetime
    #: The lane's state at that moment.
    state: Annotated[str, Field(min_length=1, max_length=40)]


class LaneTold(_Strict):
    """`state` is the lane's, `trouble` what was the last to go wrong; neither names a person.

    `able` is the lane's word on whether it could serve somebody, which holds until it says something else or has said
    nothing for three times `every_s`; None where it repeats what it said before.
    """

    state: Annotated[str, Field(min_length=1, max_length=40)]
    trouble: Annotated[str, Field(max_length=40)] = ""
    #: The number of the lists that the lane works with; 0 where it has none.
    lists: Annotated[int, Field(ge=0)] = 0
    #: Who told the lane something in that state, and what; empty where nobody did.
    officer: Annotated[str, Field(max_length=150)] = ""
    command: Annotated[str, Field(max_length=16)] = ""
    able: bool | None = None
    every_s: Annotated[float, Field(ge=0, le=3600)] = 0

    @model_validator(mode="after")
    def _says_until_when(self) -> LaneTold:
        if self.able is not None and not self.every_s:
            raise ValueError("a word on whether it could serve says when the next one comes")
        return self


class Enrolled(_Strict):
    """`picture` is sealed to the centre (`device.enrolling`); `consent` names the words that the person agreed to."""

    mrz: Annotated[str, Field(max_length=100)]
    consent: Annotated[str, Field(min_length=1, max_length=40)]
    language: Annotated[str, Field(min_length=2, max_length=16)]
    consented_at: AwareDatetime
    engine: Annotated[str, Field(max_length=100)]
    quality: Annotated[int, Field(ge=0, le=100)]
    picture: Annotated[str, Field(pattern=r"^[A-Za-z0-9+/]*={0,2}$", max_length=240 * 1024)]

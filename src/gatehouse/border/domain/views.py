"""What readers see of the border's records: plain values, no model instances."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from gatehouse.border.domain.capture import Capture
from gatehouse.border.domain.comparisons import Comparison
from gatehouse.border.domain.words import Capacity, DecisionKind, Direction, InspectionState
from gatehouse.device.proposals import Proposal
from gatehouse.device.reading_report import ReadingReport
from gatehouse.documents.pki.sources import Source
from gatehouse.kernel.results import Check, Reason, Result
from gatehouse.law.capture import Exemption


@dataclass(frozen=True, slots=True)
class PersonView:
    traveller: UUID
    #: Every script as given, family name first; the MRZ's own spelling stands in `surname` and `given_names`.
    names: tuple[str, ...]
    surname: str
    given_names: str
    #: As far as it is known: "1990-05-01", "1990-05", "1990", or None.
    birth_date: str | None
    #: Full years on the day of the inspection; None where the birth date is not fully known.
    age: int | None
    sex: str
    nationality: str


@dataclass(frozen=True, slots=True)
class DocumentView:
    type: str
    issuer: str
    number: str
    expiry_date: date | None
    mrz: tuple[str, ...]
    #: The verdict on the document as a whole.
    verdict: Result
    checks: tuple[Check, ...]
    #: Subject of the certificate that signed the chip's data; empty where there is none.
    signer: str
    #: Of the lists and policies that the checks of the chip's signature rest on.
    versions: tuple[Source, ...] = ()
    #: How the desk read it, as it says: access protocol, events, times per step. None where nothing says so.
    report: ReadingReport | None = None


@dataclass(frozen=True, slots=True)
class PermitView:
    """What lets the person stay: a visa or permit, or the exemption from it (`number` is then empty)."""

    kind: str
    number: str
    last_permitted_day: date | None
    #: The provision that the stay rests on.
    source: str


@dataclass(frozen=True, slots=True)
class HitView:
    """A proposal of the watchlist: it says why these may be the same, never that they are."""

    id: UUID
    entry: UUID
    kind: str
    basis: str
    reason: Reason
    #: "open", "confirmed" or "not the same person".
    review: str
    reviewed_by: str


@dataclass(frozen=True, slots=True)
class CrossingView:
    id: UUID
    crossed_at: datetime
    port: str
    lane: str
    direction: Direction
    capacity: Capacity
    conveyance: str
    document_issuer: str
    document_number: str
    nationality: str
    traveller: UUID
    last_permitted_day: date | None
    recorded_by: str
    #: The record that this one replaces.
    corrects: UUID | None
    #: The record that replaced this one.
    corrected_by: UUID | None
    #: The passage did not take place after all.
    void: bool
    reason: str


@dataclass(frozen=True, slots=True)
class HoldView:
    started_at: datetime
    ends_at: datetime
    #: The longest time that the law allows.
    limit: timedelta
    article: str


@dataclass(frozen=True, slots=True)
class DecisionView:
    kind: DecisionKind
    officer: str
    taken_at: datetime
    reason: str
    #: For a refusal: who confirmed or declined it, when, which, and why.
    second_officer: str
    second_at: datetime | None
    confirmed: bool | None
    second_reason: str


@dataclass(frozen=True, slots=True)
class CapturedView:
    image: bytes
    at: datetime


@dataclass(frozen=True, slots=True)
class JudgedView:
    """What an officer found who compared the person with the document by eye."""

    same: bool
    officer: str
    at: datetime


@dataclass(frozen=True, slots=True)
class InspectionView:
    """Everything that a console shows of one inspection."""

    id: UUID
    state: InspectionState
    port: str
    lane: str
    direction: Direction
    capacity: Capacity
    conveyance: str
    opened_at: datetime
    opened_by: str
    #: Milliseconds from the document's read to a decision ready to confirm.
    ready_ms: int
    person: PersonView
    document: DocumentView
    #: From DG2, in a form that a browser shows; None where there is none, and once the inspection is closed.
    face_image: bytes | None
    face_media_type: str
    live_image: bytes | None
    #: The face captured at the person's last entry, for those who may see it, while the inspection is open.
    captured: CapturedView | None
    #: The comparison that tells the most, as a check.
    comparison: Check
    comparisons: tuple[Comparison, ...]
    #: What somebody who compared by eye said last.
    judged: JudgedView | None
    #: What the law asks to be captured, and how it stands with it; none for whom it does not concern.
    captures: tuple[Capture, ...]
    #: The exemptions that an officer may find.
    exemptions: tuple[Exemption, ...]
    #: Whether this reader may record captures now.
    may_capture: bool
    permit: PermitView | None
    hits: tuple[HitView, ...]
    history: tuple[CrossingView, ...]
    #: The inspection of the adult who accompanies a minor.
    guardian: UUID | None
    hold: HoldView | None
    proposal: Proposal
    decisions: tuple[DecisionView, ...]
    #: What this reader may decide now.
    allowed_kinds: tuple[DecisionKind, ...]
    may_confirm: bool


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One inspection that waits at the second line."""

    inspection: UUID
    state: InspectionState
    lane: str
    direction: Direction
    surname: str
    given_names: str
    nationality: str
    #: Without its reasons: they say what is on record of the person.
    proposed: DecisionKind
    waiting_since: datetime
    waiting: timedelta
    hold_ends_at: datetime | None
    overdue: bool

"""One device at work without the centre. Everything is in its ledger before it counts.

The rules are those of the centre (`gatehouse.device.states`): a refusal counts once a second officer confirmed it,
here with their own passphrase or later at the centre.
"""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from gatehouse.device.assessment import LocalAssessment, assess
from gatehouse.device.bundle import Accepted, Bundle, Officer, require_valid
from gatehouse.device.credentials import OfficerKeys
from gatehouse.device.events import (
    KEPT_FILES,
    LONGEST_REASON,
    Confirmed,
    Decided,
    EventKind,
    Inspected,
    ListedHit,
    SignedOn,
    SignedStatement,
    Voided,
)
from gatehouse.device.examination import DocumentReading, examine
from gatehouse.device.houses import KEPT, House, require_same
from gatehouse.device.ledger import Ledger
from gatehouse.device.reading_report import ReportedCheck, Sentence
from gatehouse.device.screening import Subject
from gatehouse.device.states import PASS, TRANSITIONS, Event, decidable, permission_for
from gatehouse.device.tables import require_names
from gatehouse.device.trusting import Trusted, trusted_from
from gatehouse.device.watch_index import LocalHit, screen
from gatehouse.device.words import Capacity, DecisionKind, Direction, InspectionState
from gatehouse.kernel.clock import Clock
from gatehouse.kernel.errors import ConflictError, ForbiddenError, RefusedError
from gatehouse.kernel.ids import new_id
from gatehouse.kernel.results import Result
from gatehouse.law.hold import hold_rule

_SEEN = "highest bundle"


@dataclass(frozen=True, slots=True)
class SignedIn:
    """An officer at the device. Keys are in memory alone, until they sign off."""

    officer: Officer
    keys: OfficerKeys = field(repr=False)
    index_key: bytes = field(repr=False)

    @property
    def name(self) -> str:
        return self.officer.name

    def require(self, permission: str) -> None:
        if permission not in self.officer.permissions:
            raise ForbiddenError(
                "%(actor)s may not do this: it needs %(permission)s", actor=self.name, permission=permission
            )


@dataclass(frozen=True, slots=True)
class LocalInspection:
    """A traveller before the officer. `state` is that of the centre's table."""

    id: UUID
    state: InspectionState
    direction: Direction
    document: Result
    assessment: LocalAssessment
    hits: tuple[LocalHit, ...]
    #: The hash of its event: what the officer's statements are about.
    seen: str
    refused_by: str = ""
    was_held: bool = False

    @property
    def decidable(self) -> tuple[DecisionKind, ...]:
        return decidable(self.state, self.direction, was_held=self.was_held)


class Station:
    """`take_bundle`, `sign_on`, then `inspect` and `decide` for each traveller. Raises in words; nothing was recorded
    then, and nothing counts."""

    def __init__(self, *, ledger: Ledger, lane: str, clock: Clock) -> None:
        require_names(lane=lane, conveyance="")
        self._ledger, self._lane, self._clock = ledger, lane, clock
        self._bundle: Bundle | None = None
        self._trusted: Trusted | None = None
        self.signed_in: SignedIn | None = None
        #: Of the inspection before the officer; None between travellers.
        self.inspection: LocalInspection | None = None
        #: The passage that was recorded last: after a start nobody knows whether it took place.
        self.last_passage = _last_passage(ledger)

    def take_bundle(self, data: bytes, accepted: Accepted) -> Bundle:
        """Work with this bundle from now on. Raises as `Accepted.open`; the one before stays in use then."""
        seen = int(self._ledger.recall(_SEEN) or 0)
        bundle = replace(accepted, seen=max(seen, accepted.seen)).open(data, now=self._clock.now())
        kept = self._ledger.recall(KEPT)
        if kept is None and (seen or self._ledger.last):  # from before it was kept: only the agency's were
            kept = House.AGENCY.value
        require_same(kept, bundle.house)
        trusted = trusted_from(bundle.trust.files, pinned=bundle.trust.pinned)
        self._ledger.keep(KEPT, bundle.house.value)
        if bundle.serial > seen:
            self._ledger.keep(_SEEN, str(bundle.serial))
        self.sign_off()
        self._bundle, self._trusted = bundle, trusted
        return bundle

    @property
    def bundle(self) -> Bundle:
        """The one in use. Raises `RefusedError` where there is none, or it has ended."""
        if self._bundle is None:
            raise RefusedError("this device has no bundle: fetch one from the centre")
        require_valid(self._bundle, self._clock.now())
        return self._bundle

    @property
    def age(self) -> timedelta:
        """How old the lists in use are."""
        return self.bundle.age(self._clock.now())

    def sign_on(self, name: str, passphrase: str) -> SignedIn:
        """Raises `ForbiddenError` for another passphrase, `NotFoundError` for a name that is not on the roster."""
        officer = self._authenticated(name, passphrase)
        officer.require("border.inspect")
        self._ledger.append(EventKind.SIGN_ON, SignedOn(officer=name, bundle=self.bundle.serial).plain())
        self.signed_in = officer
        return officer

    def sign_off(self) -> None:
        if self.signed_in is not None and self._bundle is not None:
            self._ledger.append(
                EventKind.SIGN_OFF, SignedOn(officer=self.signed_in.name, bundle=self._bundle.serial).plain()
            )
        self.signed_in = self.inspection = None

    def inspect(
        self,
        reading: DocumentReading,
        *,
        direction: Direction,
        capacity: Capacity = Capacity.PASSENGER,
        conveyance: str = "",
        accompanied: bool = False,
    ) -> LocalInspection:
        """Examine a document with what the bundle holds; the look is in the ledger when this returns.

        Raises `UnreadableError` for a zone that cannot be read, and `RefusedError` past the bundle's end.
        """
        officer, bundle, now = self._officer(), self.bundle, self._clock.now()
        require_names(lane=self._lane, conveyance=conveyance)
        on = bundle.tables.day(now)
        trusted = self._trusted or trusted_from({})
        examined = examine(reading, trust=trusted.anchors, crls=trusted.crls, on=on)
        mrz = examined.mrz
        subject = Subject(mrz.issuer, mrz.document_number, mrz.surname, mrz.given_names, mrz.birth_date)
        hits = screen(bundle.watch_index, officer.index_key, subject, on=on)
        assessment = assess(
            bundle.tables,
            examined=examined,
            hits=hits,
            direction=direction,
            capacity=capacity,
            accompanied=accompanied,
            on=on,
        )
        id_ = new_id(now)
        last = assessment.last_permitted_day
        body = Inspected(
            inspection=id_,
            officer=officer.name,
            bundle=bundle.serial,
            read_at=reading.read_at,
            opened_at=now,
            lane=self._lane,
            direction=direction,
            capacity=capacity,
            conveyance=conveyance,
            accompanied=accompanied,
            mrz=reading.mrz,
            files={name: b64encode(data).decode() for name, data in reading.files.items() if name in KEPT_FILES},
            report=reading.report,
            verdict=examined.result.value,
            checks=tuple(map(ReportedCheck.of, assessment.checks)),
            hits=tuple(ListedHit(entry=hit.entry, matched=hit.matched, reason=Sentence.of(hit.reason)) for hit in hits),
            proposed=assessment.proposal.kind,
            reasons=tuple(map(Sentence.of, assessment.proposal.reasons)),
            last_permitted_day=last.isoformat() if last else None,
        )
        written = self._ledger.append(EventKind.INSPECTION, body.plain(), at=now)
        self.inspection = LocalInspection(
            id_, InspectionState.OPEN, direction, examined.result, assessment, hits, written.hash
        )
        return self.inspection

    def decide(self, kind: DecisionKind, *, reason: str = "", ground: int | None = None) -> LocalInspection:
        """Take a decision; it counts when this returns. Raises `ConflictError` where it is none in this state,
        `ForbiddenError`, and `RefusedError` where a reason is missing or the law allows no hold."""
        officer, found = self._officer(), self._open_inspection()
        if kind not in found.decidable:
            raise ConflictError(
                "%(kind)s is no decision for an inspection that is %(state)s at %(direction)s",
                kind=kind,
                state=found.state,
                direction=found.direction,
            )
        officer.require(permission_for(found.state))
        proposed = found.assessment.proposal.kind
        if kind is not proposed and not reason.strip():
            raise RefusedError(
                "a decision other than the proposed one, %(proposed)s, needs a reason", proposed=proposed
            )
        if kind is DecisionKind.HOLD:
            self._require_ground(ground)
        state = TRANSITIONS[found.state, Event(kind)]
        body = Decided(**self._statement(officer, found.id, found.seen, reason), kind=kind, ground=ground)
        self._say(EventKind.DECISION, body, officer)
        refused_by = officer.name if kind is DecisionKind.REFUSE else ""
        if state is InspectionState.CLOSED:
            self.last_passage = found.id, found.seen
        held = found.was_held or kind is DecisionKind.HOLD
        return self._moved(replace(found, state=state, refused_by=refused_by, was_held=held))

    def confirm(self, name: str, passphrase: str, *, confirmed: bool, reason: str = "") -> LocalInspection:
        """A second officer answers the refusal, at this device with their own passphrase. Raises as `sign_on` and
        `decide`; `RefusedError` where it is the same officer."""
        found = self._open_inspection()
        event = Event.CONFIRM if confirmed else Event.DECLINE
        if (found.state, event) not in TRANSITIONS:
            raise ConflictError("no refusal of this inspection waits: it is %(state)s", state=found.state)
        if name == found.refused_by:
            raise RefusedError("a refusal is confirmed or declined by another officer than the one who refused")
        second = self._authenticated(name, passphrase)
        second.require("border.confirm_refusal")
        if not confirmed and not reason.strip():
            raise RefusedError("who declines a refusal says why")
        body = Confirmed(**self._statement(second, found.id, found.seen, reason), confirmed=confirmed)
        self._say(EventKind.CONFIRMATION, body, second)
        return self._moved(replace(found, state=TRANSITIONS[found.state, event]))

    def void(self, *, reason: str) -> None:
        """The passage that was recorded last did not take place. Raises `ConflictError`, and `RefusedError` without a
        reason."""
        officer = self._officer()
        if self.last_passage is None:
            raise ConflictError("no passage was recorded here that did not take place")
        if not reason.strip():
            raise RefusedError("a correction says why")
        self._say(EventKind.VOID, Voided(**self._statement(officer, *self.last_passage, reason)), officer)
        self.inspection = self.last_passage = None

    def _authenticated(self, name: str, passphrase: str) -> SignedIn:
        officer = self.bundle.officer(name)
        keys = officer.credential.unlock(passphrase)
        return SignedIn(officer, keys, keys.open(officer.index_key))

    def _officer(self) -> SignedIn:
        if self.signed_in is None:
            raise ForbiddenError("nobody is signed on at this device")
        return self.signed_in

    def _open_inspection(self) -> LocalInspection:
        if self.inspection is None:
            raise ConflictError("no document was read")
        return self.inspection

    def _require_ground(self, ground: int | None) -> None:
        tables = self.bundle.tables
        rule = hold_rule(tables.holds, tables.day(self._clock.now()))
        if ground is not None and ground not in rule.grounds:
            raise RefusedError("%(article)s has no ground %(ground)d", article=rule.article, ground=ground)

    def _statement(self, officer: SignedIn, inspection: UUID, seen: str, reason: str) -> dict[str, Any]:
        if len(reason) > LONGEST_REASON:
            raise RefusedError("a reason has at most %(most)d characters", most=LONGEST_REASON)
        return {
            "inspection": inspection,
            "officer": officer.name,
            "bundle": self.bundle.serial,
            "at": self._clock.now(),
            "seen": seen,
            "reason": reason.strip(),
        }

    def _say(self, kind: EventKind, body: SignedStatement, officer: SignedIn) -> None:
        signed = body.model_copy(update={"signature": officer.keys.sign(body.signed_content())})
        self._ledger.append(kind, signed.plain())

    def _moved(self, found: LocalInspection) -> LocalInspection:
        self.inspection = found
        return found


def _last_passage(ledger: Ledger) -> tuple[UUID, str] | None:
    """Inspection and what was seen, where the newest event but for signing on and off lets somebody pass."""
    last = ledger.last_but((EventKind.SIGN_ON, EventKind.SIGN_OFF))
    if last is None or last.kind != EventKind.DECISION or last.body is None:
        return None
    body = Decided.model_validate_json(last.body)
    return (body.inspection, body.seen) if body.kind in PASS.values() else None

"""Whether a traveller may pass by the lane: document, lists and the rules of the day. What is not known refers."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from gatehouse.device.examination import DocumentReading, Examined, examine
from gatehouse.device.findings import full_date
from gatehouse.device.lane_lists import Known, LaneLists, require_fresh
from gatehouse.device.screening import ListKind, Subject
from gatehouse.device.trusting import Trusted, trusted_from
from gatehouse.device.watch_index import screen
from gatehouse.documents.mrz import Mrz
from gatehouse.kernel.clock import Clock
from gatehouse.kernel.errors import GatehouseError
from gatehouse.kernel.results import Check, Reason, Result
from gatehouse.law.egate import Direction, Obstacle, Person, Status, TravelDocument, eligibility

_CODES = {ListKind.EXIT_BAN: "exit_ban"}


@dataclass(frozen=True, slots=True)
class Judgement:
    """`obstacles` is empty where the person may pass."""

    obstacles: tuple[Obstacle, ...]
    #: Not enrolled yet, and the rules let them enrol in the lane.
    enrols: bool = False
    #: The chip's picture of the face.
    face: bytes | None = field(default=None, repr=False)
    checks: tuple[Check, ...] = ()

    @property
    def clear(self) -> bool:
        return not self.obstacles


class Judge:
    """By one number of lists. Raises `ForbiddenError` where they were sealed to another lane."""

    def __init__(self, lists: LaneLists, *, own_key: bytes, clock: Clock) -> None:
        self.lists, self._clock = lists, clock
        self._key = lists.open_key(own_key)
        self._trusted: Trusted = trusted_from(lists.trust.files, pinned=lists.trust.pinned)
        self._zone = ZoneInfo(lists.time_zone)

    def is_fresh(self) -> bool:
        try:
            require_fresh(self.lists, self._clock.now())
        except GatehouseError:
            return False
        return True

    def day(self, moment: datetime) -> date:
        return moment.astimezone(self._zone).date()

    def judge(self, reading: DocumentReading, *, direction: Direction, height_cm: float | None) -> Judgement:
        """Never raises for what a document or its chip is: what cannot be read is an obstacle."""
        on = self.day(self._clock.now())
        try:
            require_fresh(self.lists, self._clock.now())
            found = examine(reading, trust=self._trusted.anchors, crls=self._trusted.crls, on=on)
        except GatehouseError as error:
            return Judgement((Obstacle("document", error.reason, ""),))
        known = self.lists.of_document(self._key, found.mrz.issuer, found.mrz.document_number)
        has_chip = "SOD" in reading.files
        person = self._person(
            found.mrz, known=known, has_chip=has_chip, direction=direction, height_cm=height_cm, on=on
        )
        obstacles = [*_of_document(found), *self._of_lists(found.mrz, on)]
        if any(each.code == "exit_ban" for each in obstacles):
            person = person.model_copy(update={"exit_ban": True})
        asked = eligibility(self.lists.egate, person, on)
        enrols = asked.eligible and person.enrolled is False and _may_enrol(person)
        return Judgement((*obstacles, *asked.obstacles), enrols, found.face, found.checks)

    def _of_lists(self, mrz: Mrz, on: date) -> list[Obstacle]:
        subject = Subject(mrz.issuer, mrz.document_number, mrz.surname, mrz.given_names, mrz.birth_date)
        hits = screen(self.lists.watch_index, self._key, subject, on=on)
        return [Obstacle(_CODES.get(hit.kind, "listed"), hit.reason, hit.basis) for hit in hits]

    def _person(
        self,
        mrz: Mrz,
        *,
        known: Known | None,
        has_chip: bool,
        direction: Direction,
        height_cm: float | None,
        on: date,
    ) -> Person:
        expires = full_date(mrz.expiry_date)
        usual = self.lists.egate.status_of(mrz.nationality, self.lists.state, resides=False)
        return Person(
            nationality=mrz.nationality or None,
            status=known.status if known else usual,
            birth_date=full_date(mrz.birth_date),
            height_cm=height_cm,
            direction=direction,
            document=TravelDocument(
                type="passport" if mrz.document_code.startswith("P") else "other",
                chip=has_chip,
                months_valid=None if expires is None else _months(on, expires),
            ),
            enrolled=known.enrolled if known else False,
            exit_ban=False,
        )


def _may_enrol(person: Person) -> bool:
    """Visitors on departure are known by the fingerprints of their entry, and enrol nowhere."""
    return person.status in (Status.NATIONAL, Status.NWOHR, Status.RESIDENT)


def _of_document(found: Examined) -> list[Obstacle]:
    if found.result is Result.SUCCESSFUL:
        return []
    bad = [check for check in found.checks if check.result is Result.FAILED]
    reason = bad[0].reason if bad else Reason("the document could not be authenticated")
    return [Obstacle("document", reason, "")]


def _months(on: date, expires: date) -> int:
    """Whole months that are left; negative once it has expired."""
    months = (expires.year - on.year) * 12 + expires.month - on.month - (expires.day < on.day)
    return min(months, 1200) if expires >= on else min(months, -1)

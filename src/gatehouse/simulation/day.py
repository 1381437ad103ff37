"""A day at one airport, run through the services that a desk uses."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime, timedelta
from functools import partial
from itertools import count
from uuid import UUID

from gatehouse.border.api import (
    DecisionKind,
    DocumentReading,
    InspectionState,
    InspectionView,
    decision_take,
    faces_judge,
    inspection_open,
    inspection_view,
    refusal_confirm,
)
from gatehouse.documents.pki.crl import Crl
from gatehouse.documents.pki.trust import TrustStore
from gatehouse.kernel.results import Result
from gatehouse.platform.profile import Profile
from gatehouse.simulation.arrangements import Arrangements
from gatehouse.simulation.clock import DayClock
from gatehouse.simulation.officers import FIRST_LINE, SECOND_LINE, Officers, Resolution, hits_review, resolution
from gatehouse.simulation.passport_office import Passport
from gatehouse.simulation.travellers import Traveller
from gatehouse.simulation.truth import Truth

_KNOWN_BEFORE = timedelta(hours=1)
_TO_SECOND_LINE, _HELD_FOR, _TO_CONFIRMATION = timedelta(minutes=12), timedelta(minutes=25), timedelta(minutes=5)


@dataclass
class Tally:
    """What happened, counted."""

    travellers: int = 0
    directions: Counter[str] = field(default_factory=Counter)
    proposals: Counter[str] = field(default_factory=Counter)
    #: Every decision taken, by kind; `refuse` counts once more as `confirmed`.
    decisions: Counter[str] = field(default_factory=Counter)
    #: Persons let in or out, by direction.
    crossings: Counter[str] = field(default_factory=Counter)
    truth: Truth = field(default_factory=Truth)
    #: Milliseconds from a document's read to a decision ready to confirm. Measured, so not the same twice.
    ready_ms: list[int] = field(default_factory=list, compare=False)

    def __add__(self, other: Tally) -> Tally:
        """What happened in both of two halls."""
        return Tally(**{each.name: getattr(self, each.name) + getattr(other, each.name) for each in fields(self)})


class Day:
    """Travellers come in the order of their time; what the second line does falls due between them."""

    def __init__(
        self,
        profile: Profile,
        *,
        port: str,
        officers: Officers,
        arrangements: Arrangements,
        trust: TrustStore,
        crls: Sequence[Crl],
        begins: datetime,
    ) -> None:
        self._profile, self._port, self._officers, self._arrangements = profile, port, officers, arrangements
        self._trust, self._crls = trust, crls
        self._clock = DayClock(begins)
        self._due: list[tuple[datetime, int, Callable[[], None]]] = []
        self._order = count()
        self._inspections: dict[int, UUID] = {}
        self.tally = Tally()

    def run(self, coming: Iterable[tuple[Traveller, Passport]]) -> Iterator[Traveller]:
        """Inspect each who comes, and give them back when they have passed; at the end every case is closed."""
        for traveller, passport in coming:
            self._until(traveller.at)
            self._clock.set(traveller.at - _KNOWN_BEFORE)
            self._arrangements.make(traveller, passport.mrz, self._clock)
            self._clock.set(traveller.at)
            self._inspect(traveller, passport)
            yield traveller
        self._until(None)

    def _until(self, moment: datetime | None) -> None:
        while self._due and (moment is None or self._due[0][0] <= moment):
            at, _, step = heapq.heappop(self._due)
            self._clock.set(at)
            step()

    def _after(self, wait: timedelta, step: Callable[[], None]) -> None:
        heapq.heappush(self._due, (self._clock.now() + wait, next(self._order), step))

    def _inspect(self, traveller: Traveller, passport: Passport) -> None:
        clock, officer = self._clock, self._officers.inspector
        reading = DocumentReading(passport.mrz, clock.now(), passport.files, passport.live_image)
        inspection = inspection_open(
            clock=clock,
            officer=officer,
            port=self._port,
            lane=traveller.lane,
            direction=traveller.direction,
            capacity=traveller.capacity,
            conveyance=traveller.flight,
            reading=reading,
            guardian=self._inspections[traveller.guardian] if traveller.guardian is not None else None,
            trust=self._trust,
            crls=self._crls,
            profile=self._profile,
        )
        self._inspections[traveller.holder.seed] = inspection
        view = inspection_view(inspection, clock=clock, reader=officer, purpose=FIRST_LINE)
        self._count(traveller, view)
        self._decide(view, view.proposal.kind)

    def _count(self, traveller: Traveller, view: InspectionView) -> None:
        tally = self.tally
        tally.travellers += 1
        tally.directions[view.direction.value] += 1
        tally.proposals[view.proposal.kind.value] += 1
        tally.ready_ms.append(view.ready_ms)
        tally.truth.note(traveller, view)

    def _decide(self, view: InspectionView, kind: DecisionKind, reason: str = "") -> None:
        second = view.state is not InspectionState.OPEN
        officer = self._officers.second_line if second else self._officers.inspector
        taken = decision_take(
            clock=self._clock,
            officer=officer,
            inspection=view.id,
            kind=kind,
            reason=reason,
            profile=self._profile,
        )
        self.tally.decisions[kind.value] += 1
        if taken.crossing is not None:
            self.tally.crossings[view.direction.value] += 1
        elif taken.state is InspectionState.REFERRED:
            self._after(_TO_SECOND_LINE, partial(self._second_line, view.id))
        elif taken.state is InspectionState.AWAITING_CONFIRMATION:
            self._after(_TO_CONFIRMATION, partial(self._confirm, view.id))

    def _second_line(self, inspection: UUID) -> None:
        view = self._look(inspection)
        hits_review(view, clock=self._clock, officer=self._officers.second_line)
        if view.comparison.result is Result.FAILED:
            # Nobody comes with another's face: whom the engine did not match, an officer does.
            faces_judge(clock=self._clock, officer=self._officers.second_line, inspection=inspection, same=True)
        found = resolution(view)
        if found.hold:
            self._decide(view, DecisionKind.HOLD, found.reason)
            self._after(_HELD_FOR, partial(self._resolve, inspection, found))
        else:
            self._decide(view, found.kind, found.reason)

    def _resolve(self, inspection: UUID, found: Resolution) -> None:
        self._decide(self._look(inspection), found.kind, found.reason)

    def _look(self, inspection: UUID) -> InspectionView:
        officer = self._officers.second_line
        return inspection_view(inspection, clock=self._clock, reader=officer, purpose=SECOND_LINE)

    def _confirm(self, inspection: UUID) -> None:
        refusal_confirm(clock=self._clock, officer=self._officers.supervisor, inspection=inspection)
        self.tally.decisions["confirmed"] += 1

"""The lane's own ledger: a passage is on the disk before its exit opens, and says afterwards what became of it."""

from __future__ import annotations

from datetime import datetime

from gatehouse.device.events import Crossed, Enrolled, EventKind, LaneTold, PassageMark, Uncleared
from gatehouse.device.ledger import Event, Ledger
from gatehouse.device.words import Direction
from gatehouse.gates.machine import Situation
from gatehouse.kernel.errors import ConflictError

_BESIDE = frozenset({EventKind.LANE, EventKind.PASSAGE_UNCLEARED, EventKind.ENROLMENT})


class Passages:
    """One passage at a time. Opening it after a crash marks what was under way as doubtful: nobody saw its end.

    Each method returns once its event is on the disk, and raises as `Ledger.append` where it is not: nothing was
    recorded then, and no door may open.
    """

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        last = ledger.last_but(_BESIDE)
        #: The passage that is written and not marked.
        self.open: Event | None = last if last is not None and last.kind == EventKind.CROSSING else None
        if self.open is not None:
            self._mark(EventKind.PASSAGE_DOUBTFUL)

    def record(self, passage: Crossed) -> Event:
        if self.open is not None:
            raise ConflictError("a passage is under way: one traveller is one transaction")
        self.open = self._ledger.append(EventKind.CROSSING, passage.plain())
        return self.open

    def confirm(self) -> None:
        self._mark(EventKind.PASSAGE_CONFIRMED)

    def void(self) -> None:
        self._mark(EventKind.PASSAGE_VOID)

    def doubt(self) -> None:
        self._mark(EventKind.PASSAGE_DOUBTFUL)

    def uncleared(self, direction: Direction, at: datetime, situation: Situation) -> None:
        said = Uncleared(direction=direction, at=at, state=situation.state.value)
        self._ledger.append(EventKind.PASSAGE_UNCLEARED, said.plain())

    def enrol(self, enrolled: Enrolled) -> None:
        self._ledger.append(EventKind.ENROLMENT, enrolled.plain())

    def tell(
        self, situation: Situation, lists: int, *, officer: str = "", command: str = "", every_s: float = 0
    ) -> None:
        """What the lane's state is, and what an officer told it: for the supervisor and for the figures.

        With `every_s` it is also the lane's word on whether it could serve, the next of which comes so soon.
        """
        told = LaneTold(
            state=situation.state.value,
            trouble=situation.trouble.value if situation.trouble else "",
            lists=lists,
            officer=officer,
            command=command,
            able=situation.is_able if every_s else None,
            every_s=every_s,
        )
        self._ledger.append(EventKind.LANE, told.plain())

    def _mark(self, kind: EventKind) -> None:
        if self.open is None:
            raise ConflictError("no passage is under way")
        mark = PassageMark(boot_epoch=self.open.boot_epoch, sequence=self.open.sequence, passage=self.open.hash)
        self._ledger.append(kind, mark.plain())
        self.open = None

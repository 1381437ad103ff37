"""What was compared, captured and judged at an inspection."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from gatehouse.border.domain.capture import Recorded
from gatehouse.border.domain.comparisons import Comparison
from gatehouse.border.domain.views import JudgedView
from gatehouse.border.domain.words import CaptureState, Reference
from gatehouse.border.models import Capture, Judgement
from gatehouse.border.models import Comparison as Row
from gatehouse.kernel.results import Reason, Result
from gatehouse.law.capture import Modality
from gatehouse.platform.database import rows
from gatehouse.travellers.api import Kept, biometrics_of

# The last entry that stands, of those that an officer decided: a device captures nothing.
_ENTERED = """
SELECT inspection FROM border_crossing c
 WHERE traveller = %s AND direction = 'entry' AND inspection IS NOT NULL AND NOT void
   AND NOT EXISTS (SELECT 1 FROM border_crossing newer WHERE newer.corrects_id = c.id)
 ORDER BY crossed_at DESC, id DESC LIMIT 1
"""


def comparisons_of(inspection: UUID) -> tuple[Comparison, ...]:
    """The last of each kind: those with the document before those with what was captured at entry."""
    return last_of_each(Row.objects.filter(inspection=inspection))


def last_of_each(compared: Iterable[Row]) -> tuple[Comparison, ...]:
    """The same of the rows of one inspection."""
    found = {}
    for row in sorted(compared, key=lambda row: (row.compared_at, row.id)):
        found[row.modality, row.reference] = row
    ordered = sorted(found, key=lambda key: (list(Reference).index(Reference(key[1])), key[0]))
    return tuple(_comparison(found[key]) for key in ordered)


def recorded_of(inspection: UUID) -> tuple[Recorded, ...]:
    """In the order of time."""
    return tuple(
        Recorded(
            Modality(row.modality),
            CaptureState(row.state),
            row.ground,
            row.article,
            row.note,
            row.officer,
            row.recorded_at,
        )
        for row in Capture.objects.filter(inspection=inspection).order_by("recorded_at", "id")
    )


def judged_of(inspection: UUID) -> JudgedView | None:
    row = Judgement.objects.filter(inspection=inspection).order_by("judged_at", "id").last()
    return JudgedView(row.same, row.officer, row.judged_at) if row else None


def captured_at_entry(traveller: UUID) -> dict[str, Kept]:
    """What was captured when a person was let in last. Raises `UnreadableError` where it cannot be opened."""
    found = rows(_ENTERED, (traveller,))
    return biometrics_of(traveller, inspection=found[0][0]) if found else {}


def _comparison(row: Row) -> Comparison:
    return Comparison(
        modality=Modality(row.modality),
        reference=Reference(row.reference),
        result=Result(row.result),
        reason=Reason.from_dict(row.reason),
        engine=row.engine,
        demonstration=row.demonstration,
        score=row.score,
        threshold=row.threshold,
        false_match_rate=row.false_match_rate,
        reference_quality=row.reference_quality,
        live_quality=row.live_quality,
        attack=row.attack,
        attack_alarm=row.attack_alarm,
        milliseconds=row.milliseconds,
    )

"""Writing down what was compared and captured, in the caller's transaction."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from gatehouse.border.domain.comparisons import Comparison
from gatehouse.border.domain.words import CaptureState
from gatehouse.border.services.looking import Looked, modality_of
from gatehouse.kernel.clock import Clock
from gatehouse.kernel.errors import UnreadableError
from gatehouse.kernel.ids import new_id
from gatehouse.law.capture import Modality
from gatehouse.platform.actors import Actor
from gatehouse.platform.database import insert
from gatehouse.travellers.api import biometrics_keep


def comparisons_record(inspection: UUID, comparisons: Iterable[Comparison], *, at: datetime) -> None:
    for each in comparisons:
        insert(
            "border_comparison",
            id=new_id(at),
            inspection_id=inspection,
            modality=each.modality.value,
            reference=each.reference.value,
            result=each.result.value,
            reason=json.dumps(each.reason.as_dict(), default=str, ensure_ascii=False),
            engine=each.engine,
            demonstration=each.demonstration,
            score=each.score,
            threshold=each.threshold,
            false_match_rate=each.false_match_rate,
            reference_quality=_json(each.reference_quality),
            live_quality=_json(each.live_quality),
            attack=each.attack,
            attack_alarm=each.attack_alarm,
            milliseconds=each.milliseconds,
            compared_at=at,
        )


def captured_keep(
    looked: Looked,
    wanted: frozenset[Modality],
    *,
    clock: Clock,
    officer: Actor,
    inspection: UUID,
    traveller: UUID,
    port: str,
) -> frozenset[Modality]:
    """Keep what was captured of the modalities that are `wanted`. Gives those that were kept: none where biometrics
    cannot be sealed here, which leaves the capture missing and stops nobody.
    """
    captured = [each for each in looked.captured if modality_of(each) in wanted]
    if not captured:
        return frozenset()
    try:
        biometrics_keep(
            clock=clock, by=officer, traveller=traveller, inspection=inspection, port=port, captured=captured
        )
    except UnreadableError:
        return frozenset()
    return frozenset(map(modality_of, captured))


def captures_record(
    inspection: UUID,
    modalities: Iterable[Modality],
    state: CaptureState,
    *,
    at: datetime,
    officer: Actor,
    article: str,
    ground: str = "",
    note: str = "",
) -> None:
    for modality in sorted(modalities):
        insert(
            "border_capture",
            id=new_id(at),
            inspection_id=inspection,
            modality=modality.value,
            state=state.value,
            ground=ground,
            article=article,
            note=note,
            officer=str(officer),
            recorded_at=at,
        )


def _json(components: Any) -> str | None:
    return None if components is None else json.dumps(dict(components))

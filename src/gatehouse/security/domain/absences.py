"""What did not happen. A rule speaks of events that are there, so what is missing is written into one of them.

A look for a border check needs no case and no reason, as the traveller stands there: within half an hour the house does
something with them. A look that nothing follows and nothing goes before is what this finds.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from gatehouse.security.domain.events import moment
from gatehouse.security.domain.ocsf import Fields

WITHIN_SECONDS = 30 * 60
#: False: nothing was done at the border with this traveller within half an hour. Not there: not known, or not asked.
FIELD = "derived.inspection_within_30m"


def with_absences(events: Sequence[Fields]) -> None:
    """Write `FIELD` into looks for a border check without a case.

    Looks within half an hour of the first or last event are left alone: what belongs to them may lie outside.
    """
    moments = [_at(event) for event in events]
    known = [at for at in moments if at is not None]
    begins, ends = min(known, default=0.0), max(known, default=0.0)
    acts: dict[str, list[float]] = {}
    for event, at in zip(events, moments, strict=True):
        if at is not None and str(event.get("action")).startswith("border.") and "subject" in event:
            acts.setdefault(str(event["subject"]), []).append(at)
    for times in acts.values():
        times.sort()
    for event, at in zip(events, moments, strict=True):
        if at is None or not _is_asked(event):
            continue
        first, last = at - WITHIN_SECONDS, at + WITHIN_SECONDS
        times = acts.get(str(event["subject"]), [])
        if bisect_left(times, first) < bisect_right(times, last):
            event[FIELD] = True
        elif begins <= first and last <= ends:
            event[FIELD] = False


def _is_asked(event: Fields) -> bool:
    return (
        event.get("action") == "person.look"
        and event.get("purpose") == "border_check"
        and "subject" in event
        and "case" not in event
    )


def _at(event: Fields) -> float | None:
    said = event.get("time")
    return moment(said) if isinstance(said, str | int | float) else None

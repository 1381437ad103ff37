"""What was done in a scenario beside what was to be done."""

from __future__ import annotations

from dataclasses import dataclass

from gatehouse.audit.api import Purpose
from gatehouse.border.api import InspectionState, InspectionView, inspection_view, inspections_of_document
from gatehouse.kernel.clock import Clock
from gatehouse.platform.actors import Actor
from gatehouse.platform.training import require_training
from gatehouse.simulation.training.loading import Coming, Loaded
from gatehouse.simulation.training.scenarios import Asked, Step, book, scenario_named
from gatehouse.watchlist.api import Review


@dataclass(frozen=True, slots=True)
class Judged:
    """A step. `done` is None where the case has not come so far."""

    step: Step
    done: bool | None


@dataclass(frozen=True, slots=True)
class Debriefed:
    """One person of the line."""

    coming: Coming
    #: None where nobody took this document yet.
    view: InspectionView | None
    steps: tuple[Judged, ...]


def debrief(loaded: Loaded, *, clock: Clock, reader: Actor) -> tuple[Debriefed, ...]:
    """Everybody of the line in their order, each as they were inspected last. Each look leaves its leaf."""
    require_training()
    scenario = scenario_named(loaded.scenario)
    found = []
    for coming in loaded.line:
        ids = inspections_of_document(
            issuer=coming.issuer, number=coming.number, port=loaded.port, since=loaded.loaded_at, reader=reader
        )
        asked = {"reader": reader, "purpose": Purpose.QUALITY_CONTROL, "reason": f"training: {scenario.id}"}
        view = inspection_view(ids[-1], clock=clock, **asked) if ids else None  # type: ignore[arg-type]
        steps = scenario.steps if coming.is_case else book().ordinary
        found.append(
            Debriefed(coming, view, tuple(Judged(step, judge(step, view) if view else None) for step in steps))
        )
    return tuple(found)


def judge(step: Step, view: InspectionView) -> bool | None:
    """Whether a step was done; None while it can still be."""
    closed = view.state is InspectionState.CLOSED
    kinds = [each.kind for each in view.decisions]
    if step.check is Asked.FIRST:
        return kinds[0] in step.kinds if kinds else None
    if step.check is Asked.NEVER:
        return False if set(kinds) & set(step.kinds) else True if closed else None
    if step.check is Asked.FINAL:
        return kinds[-1] in step.kinds if closed else None
    if step.check is Asked.SECOND_PERSON:
        return True if any(each.confirmed for each in view.decisions) else False if closed else None
    if step.check is Asked.JUDGED_DIFFERENT:
        return not view.judged.same if view.judged else False if closed else None
    return _reviewed(step, view, closed=closed)


def _reviewed(step: Step, view: InspectionView, *, closed: bool) -> bool | None:
    if not view.hits:
        return step.optional if closed or step.optional else None
    reviews = {each.review for each in view.hits}
    if Review.OPEN.value in reviews:
        return False if closed else None
    return reviews == {step.review}

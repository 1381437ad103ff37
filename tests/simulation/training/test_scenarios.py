"""Each scenario is loaded, worked through as it is to be and as it is not, and the debrief tells the two apart."""

from __future__ import annotations

from pathlib import Path

import pytest

from gatehouse.border.api import (
    DecisionKind,
    Direction,
    InspectionView,
    decision_take,
    faces_judge,
    inspection_open,
    inspection_view,
    refusal_confirm,
)
from gatehouse.border.models import Inspection
from gatehouse.device.words import Finding
from gatehouse.kernel.clock import SystemClock
from gatehouse.kernel.errors import NotFoundError, RefusedError
from gatehouse.platform.actors import Actor
from gatehouse.platform.config import Mode, config
from gatehouse.platform.permissions import Purpose, Role
from gatehouse.platform.services import user_create
from gatehouse.platform.trust import trusted
from gatehouse.simulation.nation import Irregularity
from gatehouse.simulation.training.debriefing import Debriefed, debrief
from gatehouse.simulation.training.loading import Loaded, TrainingReader, loaded_last, scenario_load
from gatehouse.simulation.training.scenarios import Asked, book, scenario_named
from gatehouse.watchlist.api import Review, hit_review

pytestmark = pytest.mark.django_db
CLOCK = SystemClock()
HOUSE = Actor.system("training")
REFUSED = {"expired-document", "revoked-signer", "lookalike", "altered-chip"}
IDS = [each.id for each in book().scenarios]


class Post:
    def __init__(self, direction: Direction) -> None:
        self.direction = direction


class Trainees:
    """Three of them, as the roles of a port."""

    def __init__(self) -> None:
        made = [user_create(username=role.value, password="a long enough one", roles=[role]) for role in ROLES]
        self.first, self.second, self.supervisor = map(Actor.of, made)

    def take(self, loaded: Loaded) -> InspectionView:
        """Whoever comes next in the line."""
        reading = TrainingReader().next(Post(loaded.direction))
        assert reading is not None
        found = trusted()
        opened = inspection_open(
            clock=CLOCK,
            officer=self.first,
            port=loaded.port,
            lane="A1",
            direction=loaded.direction,
            reading=reading,
            trust=found.anchors,
            crls=found.crls,
        )
        return inspection_view(opened, clock=CLOCK, reader=self.first, purpose=Purpose.BORDER_CHECK)

    def decide(self, view: InspectionView, kind: DecisionKind, *, second: bool = False) -> None:
        officer = self.second if second else self.first
        decision_take(clock=CLOCK, officer=officer, inspection=view.id, kind=kind, reason="as it was taught")

    def work(self, view: InspectionView, scenario: str) -> None:
        """The case of a scenario, as it is to be done."""
        if scenario == "lookalike":
            faces_judge(clock=CLOCK, officer=self.first, inspection=view.id, same=False)
        passing = DecisionKind.ADMIT if view.direction is Direction.ENTRY else DecisionKind.RELEASE
        if scenario == "namesake" and not view.hits:
            self.decide(view, passing)
            return
        self.decide(view, DecisionKind.REFER)
        for hit in view.hits:
            review = Review.NOT_THE_SAME if scenario == "namesake" else Review.CONFIRMED
            hit_review(clock=CLOCK, officer=self.second, hit=hit.id, review=review, reason="compared")
        if scenario not in REFUSED:
            self.decide(view, passing, second=True)
            return
        self.decide(view, DecisionKind.REFUSE, second=True)
        refusal_confirm(clock=CLOCK, officer=self.supervisor, inspection=view.id, reason="")


ROLES = (Role.INSPECTOR, Role.SECOND_LINE, Role.SUPERVISOR)


@pytest.fixture
def trainees(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Trainees:
    monkeypatch.setattr(config(), "mode", Mode.TRAINING)
    monkeypatch.setattr(config(), "state", tmp_path / "state")
    return Trainees()


def done(each: Debriefed) -> dict[Asked, bool | None]:
    return {judged.step.check: judged.done for judged in each.steps}


def test_there_are_at_least_six_and_each_is_told_in_both_languages() -> None:
    assert len(IDS) == len(set(IDS)) == 8
    for scenario in book().scenarios:
        for told in (scenario.title, scenario.brief, *(step.text for step in scenario.steps)):
            assert set(told) == {"en", "zh-hant"}
            assert all(told.values())


@pytest.mark.parametrize("id", IDS)
def test_what_is_done_as_it_is_to_be_done_is_said_to_be(trainees: Trainees, id: str) -> None:
    loaded = scenario_load(scenario_named(id), clock=CLOCK, supervisor=HOUSE)
    assert loaded == loaded_last()
    assert [each.is_case for each in loaded.line] == [False, True, False]
    before = debrief(loaded, clock=CLOCK, reader=HOUSE)
    assert [(each.view, set(done(each).values())) for each in before] == [(None, {None})] * 3
    for coming in loaded.line:
        view = trainees.take(loaded)
        assert (view.document.issuer, view.document.number) == (coming.issuer, coming.number)
        if coming.is_case:
            trainees.work(view, id)
        else:
            passing = DecisionKind.ADMIT if loaded.direction is Direction.ENTRY else DecisionKind.RELEASE
            assert view.proposal.kind is passing
            trainees.decide(view, passing)
    for each in debrief(loaded, clock=CLOCK, reader=HOUSE):
        assert set(done(each).values()) == {True}, done(each)


@pytest.mark.parametrize("id", sorted(set(IDS) - {"namesake"}))
def test_who_lets_everybody_pass_is_told_what_was_missed(trainees: Trainees, id: str) -> None:
    loaded = scenario_load(scenario_named(id), clock=CLOCK, supervisor=HOUSE)
    passing = DecisionKind.ADMIT if loaded.direction is Direction.ENTRY else DecisionKind.RELEASE
    for _ in loaded.line:
        trainees.decide(trainees.take(loaded), passing)
    first, case, last = debrief(loaded, clock=CLOCK, reader=HOUSE)
    assert done(first) == done(last) == {Asked.FIRST: True}
    missed = {check for check, was in done(case).items() if was is False}
    assert Asked.FIRST in missed
    if id in REFUSED:
        assert missed >= {Asked.NEVER, Asked.FIRST, Asked.FINAL, Asked.SECOND_PERSON}


def test_a_lookalike_comes_with_a_genuine_document(trainees: Trainees) -> None:
    loaded = scenario_load(scenario_named("lookalike"), clock=CLOCK, supervisor=HOUSE)
    ordinary, case = trainees.take(loaded), trainees.take(loaded)
    assert case.document.verdict is ordinary.document.verdict
    stopping = {each.finding for each in case.proposal.found if each.kind is not DecisionKind.ADMIT}
    assert stopping <= {Finding.FACE_DIFFERS}


def test_the_case_is_found_by_the_house(trainees: Trainees) -> None:
    """What the trainee is to see is there to be seen."""
    for scenario in book().scenarios:
        if scenario.irregularity in (None, Irregularity.LOOKED_FOR):
            continue
        loaded = scenario_load(scenario, clock=CLOCK, supervisor=HOUSE)
        trainees.take(loaded)
        case = trainees.take(loaded)
        assert case.proposal.kind in (DecisionKind.REFER, DecisionKind.REFUSE), scenario.id


@pytest.mark.parametrize("mode", [Mode.PRODUCTION, Mode.DEMO, Mode.TEST])
def test_no_scenario_is_loaded_into_another_house(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, mode: Mode) -> None:
    monkeypatch.setattr(config(), "mode", mode)
    monkeypatch.setattr(config(), "state", tmp_path / "state")
    with pytest.raises(RefusedError, match="GATEHOUSE_MODE=training"):
        scenario_load(scenario_named("namesake"), clock=CLOCK, supervisor=HOUSE)
    assert not (tmp_path / "state").exists()
    assert Inspection.objects.count() == 0


def test_what_is_not_there_is_said(trainees: Trainees) -> None:
    with pytest.raises(NotFoundError, match="there are expired-document, revoked-signer"):
        scenario_named("none")
    with pytest.raises(NotFoundError, match="no scenario was loaded"):
        loaded_last()

"""Recording plans: one revision of one record, corrections that say why, and what cannot have been."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from tests.performance.making import NAME, event, milestone, movement, record, terms
from tests.performance.shipped import CLOCK, NOBODY, WRITER

from gatehouse.kernel.clock import FixedClock
from gatehouse.kernel.errors import ConflictError, ForbiddenError, NotFoundError, RefusedError
from gatehouse.kernel.ids import new_id
from gatehouse.performance import models
from gatehouse.performance.domain import records
from gatehouse.performance.domain.records import Kind
from gatehouse.performance.selectors.kept import current
from gatehouse.performance.selectors.plans import plan_record_history, plan_year, plans_of
from gatehouse.performance.services.budget import budget_item_open, budget_movement_record
from gatehouse.performance.services.contracts import contract_record, deliverable_round_record, deliverable_set
from gatehouse.performance.services.facts import fact_record, fact_withdraw
from gatehouse.performance.services.plans import milestone_set, plan_event_record, plan_register, review_record
from gatehouse.performance.services.withdrawal import plan_record_withdraw

pytestmark = pytest.mark.django_db
WHO: dict[str, Any] = {"clock": CLOCK, "actor": WRITER}


def happened(code: str, kind: str, day: str, *milestones: str, reason: str = "", **facts: Any) -> bool:
    return plan_event_record(**WHO, plan="house", event=event(code, kind, day, *milestones, **facts), reason=reason)


def moved(code: str, kind: str, amount: int, day: str = "2023-01-03", reason: str = "", **facts: Any) -> bool:
    step = movement(code, kind, amount, day, **facts)
    return budget_movement_record(**WHO, plan="house", movement=step, reason=reason)


def withdraw(kind: Kind, code: str, reason: str = "recorded twice") -> None:
    plan_record_withdraw(**WHO, plan="house", kind=kind, code=code, reason=reason)


@pytest.fixture
def _house() -> None:
    plan_register(**WHO, plan=terms())
    milestone_set(**WHO, plan="house", milestone=milestone())
    budget_item_open(**WHO, plan="house", item=record(records.Item, "works", name=NAME, kind="works"))


def actions() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT body::jsonb->>'action' FROM audit_leaf")
        return sorted(action for (action,) in cursor.fetchall())


def test_the_same_again_changes_nothing_and_something_else_needs_a_reason() -> None:
    assert plan_register(**WHO, plan=terms()) is True
    assert plan_register(**WHO, plan=terms()) is False
    with pytest.raises(ConflictError, match="house is recorded otherwise: a correction says why"):
        plan_register(**WHO, plan=terms(last_year=114))
    assert [row.last_year for row in models.PlanTerms.objects.all()] == [113]
    assert plan_register(**WHO, plan=terms(last_year=114), reason="the plan was extended") is True
    assert plans_of(114, reader=WRITER)[0].terms.last_year == 114
    history = plan_record_history("house", Kind.PLAN_TERMS, "house", reader=WRITER)
    assert [(each.number, each.facts, each.reason, each.recorded_by) for each in history] == [
        (1, terms(), "", "user:writer"),
        (2, terms(last_year=114), "the plan was extended", "user:writer"),
    ]
    assert actions() == ["performance.plan_register"] * 2


def test_what_an_earlier_revision_said_does_not_undo_its_correction_unless_a_reason_says_so() -> None:
    plan_register(**WHO, plan=terms())
    plan_register(**WHO, plan=terms(last_year=114), reason="the plan was extended")
    assert plan_register(**WHO, plan=terms()) is False
    assert current(models.PlanTerms)[0].last_year == 114
    assert plan_register(**WHO, plan=terms(), reason="it was not extended after all") is True
    assert current(models.PlanTerms)[0].last_year == 113


@pytest.mark.usefixtures("_house")
def test_who_may_not_record_changes_nothing() -> None:
    before = actions()
    nobody: dict[str, Any] = {"clock": CLOCK, "actor": NOBODY}
    with pytest.raises(ForbiddenError):
        plan_register(**nobody, plan=terms(last_year=114), reason="x")
    with pytest.raises(ForbiddenError):
        plan_event_record(**nobody, plan="house", event=event("e", "start", "2023-02-01", "works"))
    with pytest.raises(ForbiddenError):
        plan_record_withdraw(**nobody, plan="house", kind=Kind.MILESTONE, code="works", reason="x")
    with pytest.raises(ForbiddenError):
        plans_of(112, reader=NOBODY)
    assert (models.PlanEvent.objects.count(), actions()) == (0, before)


@pytest.mark.usefixtures("_house")
@pytest.mark.parametrize(
    ("act", "error", "said"),
    [
        (lambda: happened("e", "award", "2023-02-01", "works"), RefusedError, "awarded: before, it is planned"),
        (lambda: happened("e", "start", "2023-02-01", "roof"), NotFoundError, "the plan has no milestone roof"),
        (lambda: happened("e", "start", "2023-02-01", contract="c"), NotFoundError, "the plan has no contract c"),
        (lambda: happened("e", "start", "2024-02-02", "works"), RefusedError, "2024-02-02 has not come yet"),
        (
            lambda: milestone_set(**WHO, plan="house", milestone=milestone("roof", weight="40.5")),
            RefusedError,
            r"the weights of the milestones of 112 would add to 100\.5%",
        ),
        (lambda: milestone_set(**WHO, plan="barn", milestone=milestone()), NotFoundError, "there is no plan barn"),
        (lambda: moved("p", "payment", 5), RefusedError, "the item works would be overdrawn by 5"),
        (lambda: moved("a", "allocation", 5, item="roof"), NotFoundError, "the plan has no budget item roof"),
        (lambda: moved("p", "payment", 5, "2024-02-02"), RefusedError, "2024-02-02 has not come yet"),
        (lambda: withdraw(Kind.MILESTONE, "works", ""), RefusedError, "a withdrawal says why"),
        (lambda: withdraw(Kind.MILESTONE, "roof"), NotFoundError, "there is no record roof"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_and_nothing_is_stored(
    act: Callable[[], object], error: type[Exception], said: str
) -> None:
    before = actions()
    with pytest.raises(error, match=said):
        act()
    assert (models.PlanEvent.objects.count(), models.BudgetMovement.objects.count()) == (0, 0)
    assert [row.code for row in current(models.Milestone)] == ["works"]
    assert actions() == before


@pytest.mark.usefixtures("_house")
def test_an_event_in_the_middle_cannot_be_moved_past_its_neighbours_or_withdrawn() -> None:
    happened("tender", "tender", "2023-02-01", "works")
    happened("award", "award", "2023-03-01", "works")
    happened("start", "start", "2023-04-01", "works")
    with pytest.raises(RefusedError, match="on 2023-03-01 a milestone cannot be awarded"):
        happened("tender", "tender", "2023-03-02", "works", reason="it was later")
    with pytest.raises(RefusedError, match="2023-04-01 a milestone cannot be under way: before, it is out to"):
        withdraw(Kind.EVENT, "award")
    assert [row.day.isoformat() for row in current(models.PlanEvent)] == ["2023-03-01", "2023-04-01", "2023-02-01"]
    withdraw(Kind.EVENT, "start")
    found = plan_year("house", 112, clock=CLOCK, reader=WRITER).milestones[0]
    assert found.progress.state.value == "awarded"
    assert actions().count("performance.event_withdraw") == 1


@pytest.mark.usefixtures("_house")
def test_a_record_that_others_name_is_not_withdrawn() -> None:
    happened("start", "start", "2023-02-01", "works")
    with pytest.raises(RefusedError, match="works is named by start: withdraw that first"):
        withdraw(Kind.MILESTONE, "works")
    moved("a1", "allocation", 100)
    with pytest.raises(RefusedError, match="works is named by a1"):
        withdraw(Kind.BUDGET_ITEM, "works")
    withdraw(Kind.EVENT, "start")
    withdraw(Kind.MILESTONE, "works")
    assert current(models.Milestone) == []


@pytest.mark.usefixtures("_house")
def test_money_that_was_spent_is_not_taken_away_afterwards() -> None:
    moved("a1", "allocation", 100)
    moved("p1", "payment", 60, "2023-03-01")
    with pytest.raises(RefusedError, match="overdrawn by 60"):
        withdraw(Kind.BUDGET_MOVEMENT, "a1")
    with pytest.raises(RefusedError, match="overdrawn by 10"):
        moved("a1", "allocation", 50, reason="it was less")
    assert plan_year("house", 112, clock=CLOCK, reader=WRITER).balances == {"works": 40}


@pytest.mark.usefixtures("_house")
def test_no_more_is_settled_than_was_owed() -> None:
    moved("a1", "allocation", 100)
    moved("y1", "payable", 30, "2023-12-28")
    with pytest.raises(RefusedError, match="more would be paid of y1 than was owed"):
        moved("p1", "payment", 31, "2024-01-20", settles="y1")
    with pytest.raises(NotFoundError, match="the plan has no payable y2"):
        moved("p1", "payment", 30, "2024-01-20", settles="y2")
    assert moved("p1", "payment", 30, "2024-01-20", settles="y1") is True
    now = plan_year("house", 112, clock=CLOCK, reader=WRITER)
    assert (now.account.payable, now.account.spent, now.balances) == (30, 0, {"works": 70})


@pytest.mark.usefixtures("_house")
def test_a_missed_milestone_asks_for_a_corrective_action_with_somebody_who_takes_it() -> None:
    def open_() -> list[str]:
        year = plan_year("house", 112, clock=CLOCK, reader=WRITER)
        assert [each.facts.code for each in year.missed] == ["works"]
        return [each.facts.code for each in year.missed_without_action]

    facts = {"year": 112, "milestone": "works", "day": "2023-12-31", "finding": NAME}
    assert open_() == ["works"]
    review_record(**WHO, plan="house", review=record(records.Review, "r", **facts, action=NAME))
    assert open_() == ["works"]
    answered = record(records.Review, "r", **facts, action=NAME, owner="the secretariat")
    review_record(**WHO, plan="house", review=answered, reason="who takes it was decided")
    assert open_() == []


@pytest.mark.usefixtures("_house")
def test_deliverables_and_their_rounds() -> None:
    contract_record(**WHO, plan="house", contract=record(records.Contract, "c", role="contractor", name=NAME))
    owed = record(records.Deliverable, "d", contract="c", phase=1, kind="document", name=NAME)
    assert deliverable_set(**WHO, plan="house", deliverable=owed) is True
    step = record(records.Round, "r1", deliverable="d", round=1, verdict="approved", day="2023-05-01", by="agency")
    with pytest.raises(RefusedError, match="judged before anything was handed in"):
        deliverable_round_record(**WHO, plan="house", step=step)
    assert models.DeliverableRound.objects.count() == 0
    handed_in = record(records.Round, "r0", deliverable="d", round=1, verdict="submitted", day="2023-04-20")
    deliverable_round_record(**WHO, plan="house", step=handed_in)
    deliverable_round_record(**WHO, plan="house", step=step)
    assert plan_year("house", 112, clock=CLOCK, reader=WRITER).reviewed["d"].approved is True


def test_facts_are_kept_corrected_and_withdrawn() -> None:
    said = {"owner": "the agency", "day": "2023-12-31"}
    facts = {"group": "g", "kind": "tally", "name": NAME, "since": "2023-01-01", "declared": said}
    assert fact_record(**WHO, fact=record(records.Fact, "f", **facts, number=3)) is True
    with pytest.raises(ConflictError):
        fact_record(**WHO, fact=record(records.Fact, "f", **facts, number=4))
    assert fact_record(**WHO, fact=record(records.Fact, "f", **facts, number=4), reason="counted again") is True
    assert [row.number for row in current(models.Fact, group="g")] == [4]
    fact_withdraw(**WHO, group="g", code="f", reason="it belongs to another group")
    assert current(models.Fact, group="g") == []
    assert models.Fact.objects.count() == 3


ANOTHER = """
    INSERT INTO performance_milestone
    SELECT (jsonb_populate_record(m, '{"id": "%s", %s}')).* FROM performance_milestone m
"""


@pytest.mark.usefixtures("_house")
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE performance_milestone SET weight = 1",
        "DELETE FROM performance_planterms",
        ANOTHER % (new_id(), '"revision": 2'),
        ANOTHER % (new_id(), '"code": "other", "weight": 101'),
        ANOTHER % (new_id(), '"code": "other", "complete_at": "done"'),
    ],
    ids=["changed", "deleted", "a revision without a reason", "too heavy", "no such state"],
)
def test_the_database_itself_refuses_what_no_service_does(statement: str) -> None:
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert [(row.code, int(row.weight), row.revision) for row in current(models.Milestone)] == [("works", 60, 1)]


@pytest.mark.usefixtures("_house")
def test_today_is_that_of_the_agency_not_of_greenwich() -> None:
    late = FixedClock(datetime(2024, 1, 31, 17, tzinfo=UTC))  # one o'clock in the morning of 1 February in Taipei
    today = event("e", "start", "2024-02-01", "works")
    assert plan_event_record(clock=late, actor=WRITER, plan="house", event=today) is True
    with pytest.raises(RefusedError, match="2024-02-02 has not come yet"):
        plan_event_record(clock=late, actor=WRITER, plan="house", event=event("f", "meeting", "2024-02-02"))

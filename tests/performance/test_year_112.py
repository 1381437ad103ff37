"""The reference year: its records give the published figures, and each figure follows from its records."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.db import transaction
from tests.performance.shipped import BORDER, CLOCK, PUBLISHER, SOUTH, WRITER, load

from gatehouse.performance import models
from gatehouse.performance.domain.narrative import references, typed_figures
from gatehouse.performance.domain.records import Kind
from gatehouse.performance.domain.report import State
from gatehouse.performance.models.kept import Kept
from gatehouse.performance.selectors.facts import fact_entries
from gatehouse.performance.selectors.kept import current
from gatehouse.performance.selectors.plans import plan_entries, plans_of
from gatehouse.performance.selectors.reports import edition_of, narrative_of, report_of
from gatehouse.performance.services.budget import budget_item_open, budget_movement_record
from gatehouse.performance.services.contracts import contract_record, deliverable_round_record, deliverable_set
from gatehouse.performance.services.editions import edition_publish
from gatehouse.performance.services.facts import fact_record, fact_withdraw
from gatehouse.performance.services.plans import milestone_set, plan_event_record, review_record
from gatehouse.performance.services.withdrawal import plan_record_withdraw

pytestmark = pytest.mark.django_db
Values = dict[str, object]
WHO: dict[str, Any] = {"clock": CLOCK, "actor": WRITER, "reason": "the record was wrong"}
SERVICES: dict[type[Kept], tuple[Callable[..., bool], str]] = {
    models.Milestone: (milestone_set, "milestone"),
    models.PlanEvent: (plan_event_record, "event"),
    models.Review: (review_record, "review"),
    models.BudgetItem: (budget_item_open, "item"),
    models.BudgetMovement: (budget_movement_record, "movement"),
    models.Contract: (contract_record, "contract"),
    models.Deliverable: (deliverable_set, "deliverable"),
    models.DeliverableRound: (deliverable_round_record, "step"),
}
#: The figures whose evidence is the calendar, not records.
CALENDAR = {"year.first-day", "year.last-day"}


def values() -> Values:
    """Each figure of plans and facts that has a value."""
    entries = [
        *plan_entries(112, clock=CLOCK, reader=WRITER),
        *fact_entries(112, clock=CLOCK, reader=WRITER),
    ]
    return {entry.id: entry.figure.value for entry in entries if entry.figure}


@dataclass(frozen=True)
class Change:
    """One record that is corrected or withdrawn, and every figure that changes with it."""

    of: str
    model: type[Kept]
    code: str
    fields: dict[str, Any] | Kind | None
    changed: set[str]
    #: Other records that have to be otherwise before: they change no figure named in `changed`.
    before: tuple[tuple[type[Kept], str, dict[str, Any]], ...] = ()

    def make(self) -> None:
        for model, code, fields in self.before:
            correct(self.of, model, code, fields)

    def apply(self) -> None:
        if isinstance(self.fields, Kind):
            plan_record_withdraw(**WHO, plan=self.of, kind=self.fields, code=self.code)
        elif self.fields is None:
            fact_withdraw(**WHO, group=self.of, code=self.code)
        else:
            correct(self.of, self.model, self.code, self.fields)


def correct(of: str, model: type[Kept], code: str, fields: dict[str, Any]) -> None:
    scope = {"group": of} if model is models.Fact else {"plan__code": of}
    [row] = [row for row in current(model, **scope) if row.code == code]
    facts: Any = row.facts.model_validate({**row.as_facts().model_dump(), **fields})
    if model is models.Fact:
        assert fact_record(**WHO, fact=facts)
    else:
        service, name = SERVICES[model]
        assert service(**WHO, plan=of, **{name: facts})


def south(*ids: str) -> set[str]:
    return {f"{SOUTH}.{id}" for id in ids}


def border(*ids: str) -> set[str]:
    return {f"{BORDER}.{id}" for id in ids}


def milestone(code: str, *parts: str) -> set[str]:
    return south(*(f"milestones.{code}.{part}" for part in parts))


RATES = ("budget.execution-rate", "budget.execution-rate-with-payables")
DONE = ("completion", "progress", "achievement")
CHANGES = [
    Change(SOUTH, models.Milestone, "review", {"weight": 9},
           milestone("review", "weight", "progress") | south("progress")),
    Change(SOUTH, models.Milestone, "tender-and-start", {"weight": 19},
           milestone("tender-and-start", "weight", "progress") | south("progress")),
    Change(SOUTH, models.Milestone, "shoring", {"weight": 27}, milestone("shoring", "weight")),
    Change(SOUTH, models.Milestone, "basement", {"weight": 41}, milestone("basement", "weight")),
    Change(SOUTH, models.PlanEvent, "review-approved", Kind.EVENT,
           milestone("review", *DONE)
           | south("progress", "milestones.missed", "milestones.missed-without-action", "events.review-approved.on")),
    Change(SOUTH, models.PlanEvent, "start", Kind.EVENT,
           milestone("tender-and-start", *DONE)
           | south("progress", "milestones.missed", "milestones.missed-without-action", "events.start.on")),
    Change(SOUTH, models.PlanEvent, "suspension", {"kind": "acceptance"},
           milestone("shoring", *DONE) | south("progress", "milestones.missed", "delay")),
    Change(SOUTH, models.PlanEvent, "plan-reviewed", {"kind": "start", "milestones": ("basement",)},
           milestone("basement", *DONE) | south("progress", "milestones.missed"),
           before=((models.Milestone, "basement", {"complete_at": "under_way"}),)),
    Change(SOUTH, models.Review, "shoring", {"action": {}}, south("milestones.missed-without-action")),
    Change(SOUTH, models.Milestone, "shoring", {"baseline_ends": "2022-10-31"}, south("delay")),
    Change(SOUTH, models.PlanEvent, "tender-6-failed", Kind.EVENT,
           south("tenders.failed", "tenders.failed-in-year", "events.tender-6-failed.on",
                 "events.tender-6-failed.bidders")),
    Change(SOUTH, models.PlanEvent, "tender-1-failed", Kind.EVENT,
           south("tenders.failed", "events.tender-1-failed.on")),
    Change(SOUTH, models.PlanEvent, "tender-7", {"bidders": 2}, south("events.tender-7.bidders")),
    Change(SOUTH, models.PlanEvent, "tender-6-failed", {"bidders": 1}, south("events.tender-6-failed.bidders")),
    Change(SOUTH, models.PlanEvent, "revision-1", Kind.EVENT, south("revisions.next", "events.revision-1.on")),
    Change(SOUTH, models.Contract, "main-works", {"amount": 340_000_000}, south("contracts.main-works.amount")),
    Change(SOUTH, models.BudgetMovement, "y112-a1", {"amount": 10_001_000},
           south("budget.allocated", *RATES, "budget.items.works.left")),
    Change(SOUTH, models.BudgetMovement, "y112-p05", {"amount": 32_000},
           south("budget.spent", *RATES, "budget.items.design.left")),
    Change(SOUTH, models.BudgetMovement, "y112-p12", {"amount": 9_000},
           south("budget.spent", *RATES, "budget.items.management.left")),
    Change(SOUTH, models.BudgetMovement, "y112-p12", {"kind": "payable"},
           south("budget.spent", "budget.payable", "budget.execution-rate")),
    Change(SOUTH, models.BudgetMovement, "y112-p12", {"kind": "surplus"},
           south("budget.spent", "budget.surplus", "budget.execution-rate")),
    Change(SOUTH, models.BudgetMovement, "y112-t1", {"amount": 2_499_000},
           south("budget.items.price-index.left", "budget.items.price-index.transferred", "budget.items.works.left")),
    Change(SOUTH, models.BudgetMovement, "y111-t2", {"amount": 1_199_000},
           south("budget.items.contingency.left", "budget.items.contingency.transferred", "budget.items.works.left")),
    Change(BORDER, models.BudgetMovement, "y112-a2", {"amount": 30_001_000},
           border("budget.allocated", *RATES, "budget.items.workstations.left")),
    Change(BORDER, models.BudgetMovement, "y112-p04", {"amount": 21_001_000},
           border("budget.spent", *RATES, "budget.items.egates.left")),
    Change(BORDER, models.BudgetMovement, "y112-p06", {"kind": "payable"},
           border("budget.spent", "budget.payable", "budget.execution-rate")),
    Change(BORDER, models.BudgetMovement, "y112-p06", {"kind": "surplus"},
           border("budget.spent", "budget.surplus", "budget.execution-rate")),
    Change(BORDER, models.BudgetMovement, "y112-p05", {"amount": 9_001_000},
           border("budget.spent", *RATES, "budget.items.network.left")),
    Change(BORDER, models.BudgetMovement, "y112-p07", {"amount": 2_084_000},
           border("budget.spent", *RATES, "budget.items.security-platform.left")),
    Change(BORDER, models.BudgetMovement, "y112-p14", {"item": "network", "amount": 600_000},
           border("budget.spent", *RATES, "budget.items.network.left", "budget.items.supervision.left")),
    Change(BORDER, models.PlanEvent, "interview-4", Kind.EVENT, border("interviews", "events.interview-4.on")),
    Change(BORDER, models.PlanEvent, "remand", {"kind": "plan_revision"}, border("revisions.next")),
    Change(BORDER, models.Deliverable, "workstations-3", {"phase": 2},
           border("contracts.workstations.phases-delivered")),
    Change(BORDER, models.DeliverableRound, "manual-ok", {"verdict": "returned"},
           border("contracts.workstations.next-phase")),
    Change(BORDER, models.Deliverable, "egates-2", {"phase": 3}, border("contracts.egates.next-phase")),
    Change("overstays", models.Fact, "surrendered-2023-04", {"number": 2378},
           {"overstays.surrendered", "overstays.total"}),
    Change("overstays", models.Fact, "apprehended-2023-06", None, {"overstays.apprehended", "overstays.total"}),
    Change("overstays-project", models.Fact, "project-112", {"since": "2023-01-31"}, {"overstays.project.since"}),
    Change("overstays-project", models.Fact, "project-112", {"until": "2023-07-31"}, {"overstays.project.until"}),
    Change("trafficking-ratings", models.Fact, "tip-2015", {"label": "Tier 2"},
           {"trafficking.tier-1.years", "trafficking.tier-1.since"}),
    Change("trafficking-agreements", models.Fact, "party-22", {"party": "第1國（原報告未列國名）"},
           {"trafficking.agreements"}),
    Change("big-data-dashboards", models.Fact, "small-links", None, {"big-data.dashboards"}),
    Change("big-data-networks", models.Fact, "network-2", {"since": "2022-11-30"}, {"big-data.networks"}),
    Change("big-data-predictions", models.Fact, "prediction-2", None, {"big-data.predictions"}),
    Change("same-sex-marriage", models.Fact, "moi-letter", {"since": "2023-01-20"},
           {"rights.same-sex-marriage-letter.on"}),
    Change("procurement", models.Fact, "bidders", {"number": 2}, {"procurement.bidders-required"}),
]  # fmt: skip


def after(act: Callable[[], None]) -> Values:
    """The figures once `act` was done; then it is undone."""
    point = transaction.savepoint()
    act()
    found = values()
    transaction.savepoint_rollback(point)
    return found


def differing(one: Values, other: Values) -> set[str]:
    return {id for id in one.keys() | other.keys() if one.get(id) != other.get(id)}


def test_each_figure_changes_with_its_records_and_with_no_others() -> None:
    load()
    moved: set[str] = set()
    for change in CHANGES:
        point = transaction.savepoint()
        change.make()
        base = values()
        found = differing(base, after(change.apply))
        transaction.savepoint_rollback(point)
        assert found == change.changed, (change.of, change.code, change.fields)
        moved |= found
    base = values()
    for plan in plans_of(112, reader=WRITER):
        for event in plan.events:
            later = {"day": event.day + timedelta(days=1)}
            found = differing(base, after(partial(correct, plan.code, models.PlanEvent, event.code, later)))
            assert found == {f"{plan.code}.events.{event.code}.on"}
            moved |= found
    assert base.keys() - CALENDAR <= moved


def test_every_figure_is_that_of_the_published_report_but_for_what_is_wrong_there() -> None:
    load()
    report = report_of(112, clock=CLOCK, reader=WRITER, state=State.PROOF)
    assert report.missing == ()
    assert {each.figure: (each.published, each.computed) for each in report.differences} == {
        "law.D0080132.36.in-force": ("113年1月1日", "113年3月1日"),
        f"{SOUTH}.budget.execution-rate": ("2.37%", "0.24%"),
        f"{SOUTH}.milestones.review.progress": ("100%", "10%"),
    }
    reasons = {each.figure: each.reason for each in report.differences}
    assert reasons[f"{SOUTH}.budget.execution-rate"].startswith("217÷91,378＝0.2375%")
    assert "單位不同" in reasons[f"{SOUTH}.milestones.review.progress"]
    assert "第65條" in reasons["law.D0080132.36.in-force"]


def test_every_figure_of_the_narrative_is_compared_with_the_published_report() -> None:
    load()
    recorded = set(models.PublishedValue.objects.filter(year=112).values_list("figure", "style"))
    referred = {(each.id, each.style) for part in narrative_of(112) for each in references(part.text)}
    assert referred == recorded
    assert [figure for part in narrative_of(112) for figure in typed_figures(part.text)] == []


def test_a_published_edition_keeps_its_figures_and_the_next_one_shows_both() -> None:
    load()
    rate, spent = f"{SOUTH}.budget.execution-rate", f"{SOUTH}.budget.spent"
    assert edition_publish(clock=CLOCK, actor=PUBLISHER, year=112) == 1
    before = edition_of(112)
    assert before is not None
    correct(SOUTH, models.BudgetMovement, "y112-p12", {"amount": 808_000})
    assert edition_of(112) == before
    printed = {run.figure: run.printed for run in before.figure_runs()}
    assert (printed[rate], printed[spent], before.errata) == ("0.24%", "217", ())
    assert edition_publish(clock=CLOCK, actor=PUBLISHER, year=112, reason="a payment was entered late") == 2
    second = edition_of(112)
    assert second is not None
    assert [(each.figure, each.was, each.now, each.reason) for each in second.errata] == [
        (spent, "217", "1,017", "a payment was entered late"),
        (rate, "0.24%", "1.11%", "a payment was entered late"),
    ]
    assert edition_of(112, 1) == before

"""The table of each kind of record of a plan."""

from __future__ import annotations

from collections.abc import Mapping

from gatehouse.performance.domain.records import Kind
from gatehouse.performance.models.budget import BudgetItem, BudgetMovement
from gatehouse.performance.models.contracts import Contract, Deliverable, DeliverableRound
from gatehouse.performance.models.plans import Milestone, OfPlan, PlanEvent, PlanTerms, Review

TABLES: Mapping[Kind, type[OfPlan]] = {
    Kind.PLAN_TERMS: PlanTerms,
    Kind.MILESTONE: Milestone,
    Kind.EVENT: PlanEvent,
    Kind.REVIEW: Review,
    Kind.BUDGET_ITEM: BudgetItem,
    Kind.BUDGET_MOVEMENT: BudgetMovement,
    Kind.CONTRACT: Contract,
    Kind.DELIVERABLE: Deliverable,
    Kind.DELIVERABLE_ROUND: DeliverableRound,
}

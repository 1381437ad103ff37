from gatehouse.performance.models.budget import BudgetItem, BudgetMovement
from gatehouse.performance.models.contracts import Contract, Deliverable, DeliverableRound
from gatehouse.performance.models.editions import Edition, NarrativePart, PublishedValue
from gatehouse.performance.models.facts import Fact
from gatehouse.performance.models.plans import Milestone, Plan, PlanEvent, PlanTerms, Review
from gatehouse.performance.models.targets import IndicatorTarget

__all__ = [
    "BudgetItem",
    "BudgetMovement",
    "Contract",
    "Deliverable",
    "DeliverableRound",
    "Edition",
    "Fact",
    "IndicatorTarget",
    "Milestone",
    "NarrativePart",
    "Plan",
    "PlanEvent",
    "PlanTerms",
    "PublishedValue",
    "Review",
]

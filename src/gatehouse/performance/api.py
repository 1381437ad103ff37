"""What other rooms may import."""

from gatehouse.performance.domain import records
from gatehouse.performance.domain.book import Book, Entry, RecordLine
from gatehouse.performance.domain.budget import Account, Month
from gatehouse.performance.domain.indicator_year import IndicatorYear
from gatehouse.performance.domain.measured import Counted, Measured, Target
from gatehouse.performance.domain.milestones import STATE_WORDS, EventKind, MilestoneState
from gatehouse.performance.domain.plan import Bar, Delay, MilestoneStanding, Plan
from gatehouse.performance.domain.report import Report, State
from gatehouse.performance.domain.rounds import Standing
from gatehouse.performance.loading.files import years_shipped
from gatehouse.performance.loading.load import years_load
from gatehouse.performance.registry import Indicator, Registry, indicators
from gatehouse.performance.rendering import MEDIA_TYPES, Format
from gatehouse.performance.selectors.book import book_of
from gatehouse.performance.selectors.facts import facts_of
from gatehouse.performance.selectors.indicators import indicator_year
from gatehouse.performance.selectors.kept import Revision
from gatehouse.performance.selectors.plans import PlanYear, plan_record_history, plan_year, plans_of
from gatehouse.performance.selectors.rendering import report_file
from gatehouse.performance.selectors.reports import edition_of, narrative_of, report_of
from gatehouse.performance.services.budget import budget_item_open, budget_movement_record
from gatehouse.performance.services.contracts import contract_record, deliverable_round_record, deliverable_set
from gatehouse.performance.services.editions import edition_publish, narrative_write, published_value_record
from gatehouse.performance.services.facts import fact_record, fact_withdraw
from gatehouse.performance.services.plans import milestone_set, plan_event_record, plan_register, review_record
from gatehouse.performance.services.targets import target_set, targets_load
from gatehouse.performance.services.withdrawal import plan_record_withdraw

__all__ = [
    "MEDIA_TYPES",
    "STATE_WORDS",
    "Account",
    "Bar",
    "Book",
    "Counted",
    "Delay",
    "Entry",
    "EventKind",
    "Format",
    "Indicator",
    "IndicatorYear",
    "Measured",
    "MilestoneStanding",
    "MilestoneState",
    "Month",
    "Plan",
    "PlanYear",
    "RecordLine",
    "Registry",
    "Report",
    "Revision",
    "Standing",
    "State",
    "Target",
    "book_of",
    "budget_item_open",
    "budget_movement_record",
    "contract_record",
    "deliverable_round_record",
    "deliverable_set",
    "edition_of",
    "edition_publish",
    "fact_record",
    "fact_withdraw",
    "facts_of",
    "indicator_year",
    "indicators",
    "milestone_set",
    "narrative_of",
    "narrative_write",
    "plan_event_record",
    "plan_record_history",
    "plan_record_withdraw",
    "plan_register",
    "plan_year",
    "plans_of",
    "published_value_record",
    "records",
    "report_file",
    "report_of",
    "review_record",
    "target_set",
    "targets_load",
    "years_load",
    "years_shipped",
]

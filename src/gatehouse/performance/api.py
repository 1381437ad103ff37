"""What other rooms may import."""

from gatehouse.performance.auditor.findings import Confidence, Finding, Rule, Severity
from gatehouse.performance.auditor.model import Document
from gatehouse.performance.domain import records
from gatehouse.performance.domain.achievement import WORDS as UNIT_WORDS
from gatehouse.performance.domain.book import Book, Entry, RecordLine, is_reconstruction
from gatehouse.performance.domain.budget import Account, Month
from gatehouse.performance.domain.codec import text_digest
from gatehouse.performance.domain.definitions import Version
from gatehouse.performance.domain.indicator_year import IndicatorYear
from gatehouse.performance.domain.measured import Counted, Measured, Target
from gatehouse.performance.domain.milestones import STATE_WORDS, EventKind, MilestoneState
from gatehouse.performance.domain.narrative import typed_figures
from gatehouse.performance.domain.plan import Bar, Delay, MilestoneStanding, Plan
from gatehouse.performance.domain.printing import percentage, printed
from gatehouse.performance.domain.report import Report, State
from gatehouse.performance.domain.rounds import Standing
from gatehouse.performance.loading.files import year_shipped, years_shipped
from gatehouse.performance.loading.load import years_load
from gatehouse.performance.registry import Indicator, Registry, indicators
from gatehouse.performance.rendering import MEDIA_TYPES, Format
from gatehouse.performance.rendering.paper import Grid, Paper, Pieces, Title
from gatehouse.performance.selectors.auditing import Audited, file_audited, paper_audited
from gatehouse.performance.selectors.book import book_of, entry_of
from gatehouse.performance.selectors.facts import facts_of
from gatehouse.performance.selectors.indicators import indicator_year, indicator_years
from gatehouse.performance.selectors.kept import Revision
from gatehouse.performance.selectors.plans import (
    PlanYear,
    entries_of,
    plan_record_history,
    plan_year,
    plan_years,
    plans_of,
)
from gatehouse.performance.selectors.rendering import entry_lines, report_file, report_paper
from gatehouse.performance.selectors.reports import (
    edition_of,
    editions_of,
    narrative_of,
    report_of,
    writers_of,
    year_is_on_record,
)
from gatehouse.performance.selectors.years import year_now, years_on_record
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
    "UNIT_WORDS",
    "Account",
    "Audited",
    "Bar",
    "Book",
    "Confidence",
    "Counted",
    "Delay",
    "Document",
    "Entry",
    "EventKind",
    "Finding",
    "Format",
    "Grid",
    "Indicator",
    "IndicatorYear",
    "Measured",
    "MilestoneStanding",
    "MilestoneState",
    "Month",
    "Paper",
    "Pieces",
    "Plan",
    "PlanYear",
    "RecordLine",
    "Registry",
    "Report",
    "Revision",
    "Rule",
    "Severity",
    "Standing",
    "State",
    "Target",
    "Title",
    "Version",
    "book_of",
    "budget_item_open",
    "budget_movement_record",
    "contract_record",
    "deliverable_round_record",
    "deliverable_set",
    "edition_of",
    "edition_publish",
    "editions_of",
    "entries_of",
    "entry_lines",
    "entry_of",
    "fact_record",
    "fact_withdraw",
    "facts_of",
    "file_audited",
    "indicator_year",
    "indicator_years",
    "indicators",
    "is_reconstruction",
    "milestone_set",
    "narrative_of",
    "narrative_write",
    "paper_audited",
    "percentage",
    "plan_event_record",
    "plan_record_history",
    "plan_record_withdraw",
    "plan_register",
    "plan_year",
    "plan_years",
    "plans_of",
    "printed",
    "published_value_record",
    "records",
    "report_file",
    "report_of",
    "report_paper",
    "review_record",
    "target_set",
    "targets_load",
    "text_digest",
    "typed_figures",
    "writers_of",
    "year_is_on_record",
    "year_now",
    "year_shipped",
    "years_load",
    "years_on_record",
    "years_shipped",
]

"""What other rooms may import."""

from gatehouse.performance.domain.book import Book, Entry, RecordLine
from gatehouse.performance.domain.indicator_year import IndicatorYear
from gatehouse.performance.domain.measured import Counted, Measured, Target
from gatehouse.performance.domain.report import Report, State
from gatehouse.performance.loading.files import years_shipped
from gatehouse.performance.loading.load import years_load
from gatehouse.performance.registry import Indicator, Registry, indicators
from gatehouse.performance.rendering import MEDIA_TYPES, Format
from gatehouse.performance.selectors.book import book_of
from gatehouse.performance.selectors.facts import facts_of
from gatehouse.performance.selectors.indicators import indicator_year
from gatehouse.performance.selectors.plans import PlanYear, plan_year, plans_of
from gatehouse.performance.selectors.rendering import report_file
from gatehouse.performance.selectors.reports import edition_of, narrative_of, report_of
from gatehouse.performance.services.editions import edition_publish, narrative_write, published_value_record
from gatehouse.performance.services.targets import target_set, targets_load

__all__ = [
    "MEDIA_TYPES",
    "Book",
    "Counted",
    "Entry",
    "Format",
    "Indicator",
    "IndicatorYear",
    "Measured",
    "PlanYear",
    "RecordLine",
    "Registry",
    "Report",
    "State",
    "Target",
    "book_of",
    "edition_of",
    "edition_publish",
    "facts_of",
    "indicator_year",
    "indicators",
    "narrative_of",
    "narrative_write",
    "plan_year",
    "plans_of",
    "published_value_record",
    "report_file",
    "report_of",
    "target_set",
    "targets_load",
    "years_load",
    "years_shipped",
]

"""Reading the border's records. Each look at a person has a purpose and leaves a leaf in the audit tree."""

from gatehouse.border.selectors.comparison_rates import ComparisonRates, comparison_rates
from gatehouse.border.selectors.crossings import crossings_behind, crossings_of
from gatehouse.border.selectors.figures import crossings_per_day
from gatehouse.border.selectors.handovers import handover_view, handovers_of, shifts_to_hand_over, standing_at
from gatehouse.border.selectors.hours import HourlyCrossings, crossings_per_hour
from gatehouse.border.selectors.inspections import inspection_view
from gatehouse.border.selectors.ledgers import device_ledgers, ledger_counts
from gatehouse.border.selectors.logs import inspection_log, inspection_logs, inspection_summary
from gatehouse.border.selectors.passages import enrolments_of, passages_of
from gatehouse.border.selectors.queue import inspections_of_document, second_line_queue

__all__ = [
    "ComparisonRates",
    "HourlyCrossings",
    "comparison_rates",
    "crossings_behind",
    "crossings_of",
    "crossings_per_day",
    "crossings_per_hour",
    "device_ledgers",
    "enrolments_of",
    "handover_view",
    "handovers_of",
    "inspection_log",
    "inspection_logs",
    "inspection_summary",
    "inspection_view",
    "inspections_of_document",
    "ledger_counts",
    "passages_of",
    "second_line_queue",
    "shifts_to_hand_over",
    "standing_at",
]

"""All rules over one report."""

from __future__ import annotations

from collections.abc import Sequence

from gatehouse.law.articles import Act
from gatehouse.performance.auditor.findings import Audit, together
from gatehouse.performance.auditor.model import Document
from gatehouse.performance.auditor.rules.attribution import attribution
from gatehouse.performance.auditor.rules.cap import cap
from gatehouse.performance.auditor.rules.date_order import date_order
from gatehouse.performance.auditor.rules.effective_date import effective_date
from gatehouse.performance.auditor.rules.list_count import list_count
from gatehouse.performance.auditor.rules.no_action import no_action
from gatehouse.performance.auditor.rules.ratio import ratio
from gatehouse.performance.auditor.rules.rounding import rounding
from gatehouse.performance.auditor.rules.spend_progress import spend_progress
from gatehouse.performance.auditor.rules.sum import sum_
from gatehouse.performance.auditor.rules.target_quality import target_quality
from gatehouse.performance.auditor.rules.two_counts import two_counts
from gatehouse.performance.auditor.rules.units import units

#: The rules that need nothing but the report.
RULES = (
    ratio, sum_, rounding, cap, units, two_counts, date_order, list_count, spend_progress, no_action, attribution
)  # fmt: skip


def audit(document: Document, acts: Sequence[Act] = (), previous: Document | None = None) -> Audit:
    """What does not add up in a report.

    `acts` are the law that its dates are held against; `previous` is the report of the year before, which says what had
    been reached when the targets were set.
    """
    parts = [rule(document) for rule in RULES]
    return together((*parts, effective_date(document, acts), target_quality(document, previous)))

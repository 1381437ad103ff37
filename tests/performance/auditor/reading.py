"""Reports of the tests, and what the auditor says of them."""

from __future__ import annotations

from gatehouse.law.articles import TABLE, ActTable
from gatehouse.performance.auditor.auditing import audit
from gatehouse.performance.auditor.findings import Audit
from gatehouse.performance.auditor.reading import read_report
from gatehouse.platform.profile import SHIPPED, Profile

ACTS = Profile(SHIPPED / "tw").read(TABLE, ActTable).acts
#: 內政部移民署112年度施政績效報告 as its PDF gives it: lines broken within words and figures.


def audited(text: str, before: str | None = None) -> Audit:
    return audit(read_report(text.encode()), ACTS, read_report(before.encode()) if before else None)


def said(found: Audit) -> list[tuple[str, str, str]]:
    """Rule, printed and expected of each finding."""
    return [(finding.rule.value, finding.printed, str(finding.expected)) for finding in found.findings]

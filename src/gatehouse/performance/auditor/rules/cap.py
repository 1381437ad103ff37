"""Rates far over 100% that are printed as 100%: the form caps them, and a reader should know."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from gatehouse.kernel.results import Reason
from gatehouse.performance.auditor.comparing import percent
from gatehouse.performance.auditor.findings import Confidence, Finding, Rule, Seen, Severity
from gatehouse.performance.auditor.model import Document
from gatehouse.performance.auditor.rules.achievements import Judged, Verdict, judged

_CAP_SAID = re.compile(
    r"(?:超過|逾|大於|高於|達)100%[^。]{0,12}(?:以|均|皆|按)[^。]{0,4}100%|以100%(?:計|為上限|列計)|上限為?100%|最高(?:以|為)?100%"
)
#: A rate of 101% that is printed as 100% hides nothing; from here on a target that was too easy is hidden.
_MUCH = 110


def cap(document: Document) -> Seen:
    """Rates far over 100% that are printed as 100% without a word of it, once a table; and caps that are not kept."""
    seen = Seen()
    said = any(map(_CAP_SAID.search, (document.annex, *(sentence.text for sentence in document.sentences))))
    capped: list[Judged] = []
    over: list[Judged] = []
    for row in judged(document):
        if row.division.achievement and row.verdict is Verdict.CAPPED and row.raw >= _MUCH:
            capped.append(row)
        elif row.division.achievement and row.verdict is Verdict.RIGHT and row.raw > 100 and row.rate.value > 100:
            over.append(row)
    if capped and over:
        seen.findings.append(_uneven(over, capped))
    elif over and said:
        seen.findings.append(_uneven(over, over))
    elif not said:
        seen.findings.extend(_capped(list(rows)) for _, rows in groupby(capped, key=lambda row: id(row.table)))
    return seen


def _uneven(over: Sequence[Judged], capped: Sequence[Judged]) -> Finding:
    reason = Reason(
        "%(printed)s is printed uncapped here, while other rates over 100%% are capped at 100%%",
        printed=over[0].cell(over[0].division.rate),
    )
    return over[0].finding(Rule.CAP, Severity.LOW, Confidence.MEDIUM, "100%", reason)


def _capped(rows: Sequence[Judged]) -> Finding:
    raw = "、".join(percent(row.raw, row.rate.step / 100) for row in rows)
    reason = Reason("printed as 100%%, divided %(raw)s: the report does not say that rates are capped", raw=raw)
    return rows[0].finding(Rule.CAP, Severity.LOW, Confidence.HIGH, raw, reason)

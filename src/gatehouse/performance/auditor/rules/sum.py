"""Sums: of sentences, of tables, of the weights of milestones, and of years in a row."""

from __future__ import annotations

import re

from gatehouse.kernel.results import Reason
from gatehouse.performance.auditor.findings import Confidence, Finding, Rule, Seen, Severity
from gatehouse.performance.auditor.model import Document
from gatehouse.performance.auditor.rules import sums, table_sums

_IN_A_ROW = re.compile(
    r"自(?:民國|西元)?(?P<first>\d{2,4})年(?:度)?(?:起|開始)?[^。；\d]{0,8}(?:至(?P<last>\d{2,4})年(?:度)?(?:止)?)?[^。；\d]{0,6}連續(?P<count>\d{1,2})(?:個)?年"
)


def sum_(document: Document) -> Seen:
    """Every total that can be added up again."""
    seen = Seen()
    for part in (sums.sums(document), table_sums.table_sums(document), _years(document)):
        seen.findings.extend(part.findings)
        seen.checked.update(part.checked)
    return seen


def _years(document: Document) -> Seen:
    """自99年起連續14年: counted to the year that the report is of, the first and the last included."""
    seen = Seen()
    for sentence in document.sentences:
        for found in _IN_A_ROW.finditer(sentence.text):
            first = int(found["first"])
            roc = first < 1000
            last = int(found["last"]) if found["last"] else _of_report(document, roc=roc)
            count = int(found["count"])
            if last is None or last < first:
                continue
            wanted = last - first + 1
            if count == wanted:
                seen.add("sums")
                continue
            sure = Confidence.MEDIUM if found["last"] or count > wanted or count < wanted - 1 else Confidence.LOW
            reason = Reason(
                "from %(first)s to %(last)s, both included, are %(expected)s years, not %(printed)s",
                first=first,
                last=last,
                expected=wanted,
                printed=count,
            )
            quote = sentence.around(found.start(), found.end())
            line = sentence.passage.line(found.start())
            printed = sentence.passage.quote(found.start("count"), found.end())
            severity = Severity.MEDIUM if sure is Confidence.MEDIUM else Severity.LOW
            seen.add("sums", Finding(Rule.SUM, severity, sure, quote, line, printed, f"{wanted}年", reason))
    return seen


def _of_report(document: Document, *, roc: bool) -> int | None:
    if document.year is None:
        return None
    return document.year - 1911 if roc else document.year

"""`gatehouse report audit`: what does not add up in a published report."""

from __future__ import annotations

import click

from gatehouse.cli.command import ANYONE, Command
from gatehouse.cli.streams import read_input, show
from gatehouse.law.articles import TABLE, ActTable
from gatehouse.performance.auditor.findings import Audit, Finding
from gatehouse.performance.auditor.reading.limits import MOST_BYTES


@click.command(
    cls=Command,
    permission=ANYONE,
    example="gatehouse report audit report-112.pdf --json",
)
@click.argument("file")
@click.option("--previous", help="The report of the year before: targets are held against what it says was reached.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def audit(file: str, previous: str | None, as_json: bool) -> int:
    """Find what does not add up in a performance report, FILE: text, HTML, ODT, DOCX or PDF; - is standard input.

    Ratios and sums are calculated again, dates held against each other and against the profile's table of acts, lists
    counted, spending compared with progress. Each finding has the passage with its line, what is printed, what it
    should be, and how sure it is. Exit code 1 where there are findings.
    """
    from gatehouse.performance.auditor.auditing import audit as audit_of
    from gatehouse.performance.auditor.reading import read_report
    from gatehouse.platform.profile import profile

    document = read_report(read_input(file, largest=MOST_BYTES))
    before = read_report(read_input(previous, largest=MOST_BYTES)) if previous else None
    found = audit_of(document, profile().read(TABLE, ActTable).acts, before)
    show(found.as_dict(), _text(found), as_json=as_json)
    return 1 if found.findings else 0


def _text(found: Audit) -> str:
    checked = ", ".join(f"{count} {kind}" for kind, count in found.checked.items())
    return "\n".join(
        (*(_lines(finding) for finding in found.findings), f"{len(found.findings)} findings", f"checked: {checked}")
    )


def _lines(finding: Finding) -> str:
    return "\n".join(
        (
            f"line {finding.line}: {finding.rule}, {finding.severity} severity, {finding.confidence} confidence",
            f"  「{finding.quote}」",
            f"  printed {finding.printed}; expected {finding.expected}",
            f"  {finding.explanation}",
            "",
        )
    )

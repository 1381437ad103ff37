"""`gatehouse inspection summary`: how checks came out and how long reading took, without any person."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import click

from gatehouse.cli.command import OPERATOR, Command
from gatehouse.cli.inspection.log import DAY, require_period
from gatehouse.cli.store import open_store
from gatehouse.cli.streams import show
from gatehouse.documents.inspectionlog.summary import Summary
from gatehouse.kernel.results import Result


@click.command(
    cls=Command,
    permission=OPERATOR,
    example="gatehouse inspection summary --from 2026-11-01 --to 2026-11-30 --json",
)
@click.option("--from", "first", type=DAY, required=True, help="The first day, at the border.")
@click.option("--to", "last", type=DAY, required=True, help="The last day.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def summary(*, first: datetime, last: datetime, as_json: bool) -> int:
    """Count, over the days from FROM to TO, how often each check came out how, and the percentiles of reading times.

    Neither a name nor a number nor a zone is read for it. Times are in milliseconds, by the document's code.
    """
    require_period(first, last)
    with open_store():
        from gatehouse.border.api import inspection_summary
        from gatehouse.platform.actors import Actor

        found = inspection_summary((first.date(), last.date()), reader=Actor.system("inspection-summary"))
    show(found.as_dict(), "\n".join(_lines(found)), as_json=as_json)
    return 0


def _lines(found: Summary) -> Iterator[str]:
    yield f"{found.inspections} inspections"
    yield f"{'':<30}" + "".join(f"{result.value:>14}" for result in Result)
    yield f"{'verdict':<30}" + "".join(f"{found.verdicts.get(result, 0):>14,}" for result in Result)
    for id, results in found.checks.items():
        yield f"{id:<30}" + "".join(f"{results.get(result, 0):>14,}" for result in Result)
    for document, steps in found.readings.items():
        for step, times in steps.items():
            told = "  ".join(f"p{each} {value:,.1f} ms" for each, value in times.percentiles.items())
            yield f"{document} {step}: {told}  ({times.measured:,} measured)"

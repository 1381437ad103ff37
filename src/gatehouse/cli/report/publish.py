"""`gatehouse report publish`: freeze a year's report as its next edition."""

from __future__ import annotations

import click

from gatehouse.cli.command import OPERATOR, Command
from gatehouse.cli.report.years import year_require
from gatehouse.cli.store import open_store
from gatehouse.cli.streams import show


@click.command(cls=Command, permission=OPERATOR, example="gatehouse report publish --year 112 --account wang")
@click.option("--year", type=int, required=True, help="The year, in the agency's calendar.")
@click.option("--account", required=True, help="Who publishes: an account that may, and that did not write it.")
@click.option("--reason", default="", help="Why the edition before was not right any more; required from the second.")
@click.option("--json", "as_json", is_flag=True, help="Print what was published as JSON.")
def publish(year: int, account: str, reason: str, as_json: bool) -> None:
    """Publish the report of YEAR. What it prints is frozen; a later edition lists its errata with both values."""
    with open_store():
        from gatehouse.kernel.clock import SystemClock
        from gatehouse.performance.api import edition_of, edition_publish
        from gatehouse.platform.selectors import actor_of

        publisher = actor_of(account)
        year_require(year)
        number = edition_publish(clock=SystemClock(), actor=publisher, year=year, reason=reason)
        edition = edition_of(year, number)
    errata = [
        {"figure": each.figure, "was": each.was, "now": each.now, "reason": each.reason}
        for each in (edition.errata if edition else ())
    ]
    said = [f"Edition {number} of {year} is published."]
    said += [f"  {each['figure']}: {each['was']} is corrected to {each['now']}: {each['reason']}" for each in errata]
    show({"year": year, "edition": number, "errata": errata}, "\n".join(said), as_json=as_json)

"""`gatehouse indicator show`: one indicator in a year, with its evidence."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from gatehouse.cli import streams
from gatehouse.cli.command import OPERATOR, Command
from gatehouse.cli.report.years import year_prepare
from gatehouse.cli.store import open_store
from gatehouse.kernel.errors import NotFoundError

if TYPE_CHECKING:
    from gatehouse.performance.api import IndicatorYear


@click.command(
    cls=Command, permission=OPERATOR, example="gatehouse indicator show egate-availability --year 112 --json"
)
@click.argument("id")
@click.option("--year", required=True, type=int, help="A year of the agency's calendar: 112 is 2023.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def show(id: str, year: int, as_json: bool) -> int:
    """Show the indicator ID in a year: the value, its parts and months, the target, and what was counted.

    The evidence names the definition with its version, the query, the period, the moment it was read, the SHA-256 of
    the records and how many there were. Exit code 1 where there is no such indicator, or nothing was measured.
    """
    with open_store():
        from gatehouse.kernel.clock import SystemClock
        from gatehouse.performance.api import indicator_year
        from gatehouse.platform.actors import Actor

        unprepared = year_prepare(year)
        found = indicator_year(id, year, clock=SystemClock(), reader=Actor.system("cli"))
        if found.value.missing is not None:
            raise NotFoundError(
                "%(id)s has no value for %(year)s: %(cause)s", id=id, year=year, cause=unprepared or found.value.missing
            )
        streams.show(found.as_dict(), "\n".join(_lines(found)), as_json=as_json)
    return 0


def _lines(found: IndicatorYear) -> Iterator[str]:
    shown = found.as_dict()
    evidence, version = shown["evidence"], found.version
    yield f"{found.id}, {found.year}: {shown['printed']}"
    yield from (f"  {name}" for name in version.name.values())
    yield f"  {shown['numerator']:,} / {shown['denominator']:,}, {shown['unit']}"
    yield from (f"  {each['id']:<44}{each['printed'] or each['missing']:>10}" for each in shown["beside"])
    for month in shown["months"]:
        cut = month["numerator"] * 1_000_000 // month["denominator"]  # 99.99999% is not 100%
        yield f"  {month['month']:<44}{cut // 10_000:>4}.{cut % 10_000:04}%"
    yield from (f"  note: {note}" for note in shown["notes"])
    yield f"  {evidence['definition']} (version {evidence['version']})"
    yield f"  {evidence['period'][0]} to {evidence['period'][1]}, as of {evidence['as_of']}"
    yield f"  {evidence['records']:,} records, SHA-256 {evidence['digest']}"

"""The records of a year before a command reads them: loaded in the demo, asked for elsewhere."""

from __future__ import annotations

import click

from gatehouse.kernel.errors import NotFoundError
from gatehouse.kernel.results import Reason
from gatehouse.platform.config import Mode, config


def year_prepare(year: int) -> Reason | None:
    """None where something of a year is on record; else what to do about it. Within an open store.

    In the demo the profile's own year is loaded first, where it ships one, and standard error says so. Raises
    `UnreadableError` for a year of another calendar.
    """
    from gatehouse.kernel.clock import SystemClock
    from gatehouse.performance.api import year_is_on_record, year_shipped, years_load
    from gatehouse.platform.actors import Actor

    if year_is_on_record(year):
        return None
    shipped = year_shipped(year)
    if shipped is None:
        return Reason("nothing of the year %(year)s is on record: load its records with gatehouse report load FOLDER",
                      year=year)  # fmt: skip
    if config().mode is not Mode.DEMO:
        return Reason("nothing of the year %(year)s is on record: gatehouse report load loads what the profile ships",
                      year=year)  # fmt: skip
    years_load(shipped, clock=SystemClock(), actor=Actor.system("report-load"))
    click.echo(f"gatehouse: the year {year} as the profile ships it was loaded for the demo", err=True)
    return None


def year_require(year: int) -> None:
    """The same, where a command can do nothing without. Raises `NotFoundError` with what to do."""
    reason = year_prepare(year)
    if reason:
        raise NotFoundError(reason.text, **reason.parts)

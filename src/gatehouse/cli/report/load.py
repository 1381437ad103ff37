"""`gatehouse report load`: the records of years, from a folder."""

from __future__ import annotations

from pathlib import Path

import click

from gatehouse.cli.command import OPERATOR, Command
from gatehouse.cli.store import open_store
from gatehouse.cli.streams import show
from gatehouse.kernel.errors import NotFoundError


@click.command(cls=Command, permission=OPERATOR, example="gatehouse report load my-records/112")
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@click.option("--reason", default="", help="Why records that are known are corrected; without it none is.")
@click.option("--json", "as_json", is_flag=True, help="Print how many records were new as JSON.")
def load(folder: Path | None, reason: str, as_json: bool) -> None:
    """Load plans, facts, what was published elsewhere and the narrative from FOLDER: one year's, or several years'.

    Without FOLDER, the years of the profile. Everything is read and validated first; on any error nothing is stored.
    Loaded again it changes nothing.
    """
    with open_store():
        from gatehouse.kernel.clock import SystemClock
        from gatehouse.performance.api import years_load, years_shipped
        from gatehouse.platform.actors import Actor

        where = folder or years_shipped()
        if where is None:
            raise NotFoundError("the profile ships no year: name a folder")
        new = years_load(where, clock=SystemClock(), actor=Actor.system("report-load"), reason=reason)
    show({"years": {str(year): kinds for year, kinds in new.items()}}, _text(new), as_json=as_json)


def _text(new: dict[int, dict[str, int]]) -> str:
    said = {year: ", ".join(f"{number} {kind}" for kind, number in kinds.items()) for year, kinds in new.items()}
    return "\n".join(f"{year}: {f'new: {kinds}' if kinds else 'nothing new'}" for year, kinds in said.items())

"""`gatehouse biometrics rates`: how often engines were wrong, from the comparisons on record."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

import click

from gatehouse.cli.command import OPERATOR, Command
from gatehouse.cli.store import open_store
from gatehouse.cli.streams import show

if TYPE_CHECKING:
    from gatehouse.biometrics.error_rates import Rate
    from gatehouse.border.api import ComparisonRates

_DAY = click.DateTime(["%Y-%m-%d"])


@click.command(
    cls=Command, permission=OPERATOR, example="gatehouse biometrics rates --from 2026-11-01 --to 2026-11-30 --json"
)
@click.option("--from", "first", type=_DAY, required=True, help="The first day.")
@click.option("--to", "last", type=_DAY, required=True, help="The last day.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def rates(first: datetime, last: datetime, as_json: bool) -> int:
    """Count false matches (FMR) and false non-matches (FNMR) by engine and version, threshold and month.

    What is true is what officers found: by eye where one said so, else by whom they let pass. Officers see the engine's
    answer first, and an impostor whom both let pass counts as a match: the FMR is a lower bound. Intervals of 95 %
    (Wilson). Exit code 1 where nothing was compared.
    """
    with open_store():
        from gatehouse.border.api import comparison_rates
        from gatehouse.kernel.clock import SystemClock
        from gatehouse.platform.actors import Actor

        period = (first.date(), last.date())
        found = comparison_rates(period, clock=SystemClock(), reader=Actor.system("cli"))
    said = {"period": [day.isoformat() for day in period], "rates": [each.as_dict() for each in found]}
    show(said, "\n".join(_lines(found)) or "Nothing was compared in this period.", as_json=as_json)
    return 0 if found else 1


def _lines(found: list[ComparisonRates]) -> Iterator[str]:
    for each in found:
        name = f"{each.engine or 'no engine'}{' (for demonstration)' if each.demonstration else ''}"
        yield f"{each.month}  {name}, {each.modality} with {each.reference}"
        if each.threshold is not None and each.set_rate is not None:
            yield f"  threshold {each.threshold:.3f}, set for 1 in {round(1 / each.set_rate):,}"
        yield f"  {each.comparisons:,} compared, {each.without_score:,} without a score"
        yield f"  truth by eye {each.by_eye:,}, by passing {each.by_passing:,}, none {each.without_truth:,}"
        yield f"  {_rate('FMR', each.fmr)}"
        yield f"  {_rate('FNMR', each.fnmr)}"


def _rate(name: str, found: Rate) -> str:
    if found.value is None:
        return f"{name:<5}not known: no trial"
    bounds = f"between {found.low:.4%} and {found.high:.4%}"
    return f"{name:<5}{found.errors:,} of {found.trials:,}: {found.value:.4%}, {bounds}"

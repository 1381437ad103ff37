"""`gatehouse indicator list`: the registry of indicators."""

from __future__ import annotations

import click

from gatehouse.cli.command import OPERATOR, Command
from gatehouse.cli.streams import show
from gatehouse.performance.registry import Indicator, MilestoneWeight, indicators


@click.command(cls=Command, name="list", permission=OPERATOR, example="gatehouse indicator list --json")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def listing(as_json: bool) -> int:
    """List the agency's indicators with every version of their definitions.

    A definition is data of the profile: what is counted over what, in which unit, printed with how many digits.
    """
    found = indicators().indicators
    show({"indicators": [each.as_dict() for each in found]}, "\n".join(map(_text, found)), as_json=as_json)
    return 0


def _text(indicator: Indicator) -> str:
    latest = indicator.versions[-1]
    names, formula = " · ".join(latest.name.values()), list(latest.formula.values())[-1]
    of_plan = ", for each plan" if isinstance(latest.numerator, MilestoneWeight) else ""
    id = f"PLAN.{indicator.id}" if of_plan else indicator.id
    return f"{id}  version {latest.version}, since {latest.since}{of_plan}\n  {names}\n  {formula}"

"""`gatehouse inspection log`: the log of the inspections of a period, as a file."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from gatehouse.cli.command import OPERATOR, Command
from gatehouse.cli.store import open_store
from gatehouse.cli.streams import Counted, show, write_whole
from gatehouse.documents.inspectionlog import LoggingProfile, Scenario
from gatehouse.documents.inspectionlog.files import LogFormat, several_written
from gatehouse.kernel.clock import SystemClock

DAY = click.DateTime(["%Y-%m-%d"])


@click.command(
    cls=Command,
    permission=OPERATOR,
    example="gatehouse inspection log --from 2026-11-01 --to 2026-11-30 --format xml --out november.xml",
)
@click.option("--from", "first", type=DAY, required=True, help="The first day, at the border.")
@click.option("--to", "last", type=DAY, required=True, help="The last day.")
@click.option("--format", "form", type=click.Choice([each.value for each in LogFormat]), default="xml")
@click.option(
    "--profile",
    type=click.Choice([each.value for each in LoggingProfile]),
    default=LoggingProfile.STANDARD.value,
    show_default=True,
    help="What the log holds; basic and standard name no person.",
)
@click.option(
    "--scenario",
    type=click.Choice([each.value for each in Scenario]),
    default=Scenario.STATIONARY.value,
    show_default=True,
    help="Which checks are asked for (BSI TR-03135-2, table 4.1).",
)
@click.option("--purpose", help="Of the wider profiles: why persons are looked at, as case or law_enforcement.")
@click.option("--case", help="The case for which they are.")
@click.option("--reason", help="Or the reason, in words.")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="The file to write.")
@click.option("--json", "as_json", is_flag=True, help="Print what was done as JSON.")
def log(
    *,
    first: datetime,
    last: datetime,
    form: str,
    profile: str,
    scenario: str,
    purpose: str | None,
    case: str | None,
    reason: str | None,
    out: Path,
    as_json: bool,
) -> int:
    """Write the inspection log of the days from FROM to TO: every check with result, reason and duration.

    The profiles basic and standard hold nothing that names a person. The wider ones do; each person is looked at then,
    for the purpose given, and the audit log says so.
    """
    require_period(first, last)
    is_personal = LoggingProfile(profile).is_personal
    if is_personal and not purpose:
        said = f"the profile {profile} names persons: --purpose says why they are looked at"
        raise click.UsageError(said)
    with open_store():
        from gatehouse.border.api import inspection_logs
        from gatehouse.platform.actors import Actor

        logs = Counted(
            inspection_logs(
                (first.date(), last.date()),
                clock=SystemClock(),
                reader=Actor.system("inspection-log"),
                profile=LoggingProfile(profile),
                scenario=Scenario(scenario),
                purpose=purpose,
                case=case,
                reason=reason,
            ),
            "inspections",
            each=100,
        )
        write_whole(out, several_written(logs, LogFormat(form)), is_private=is_personal)
    done = {"inspections": logs.count, "profile": profile, "file": str(out)}
    show(done, f"{logs.count} inspections written to {out}", as_json=as_json)
    return 0


def require_period(first: datetime, last: datetime) -> None:
    """Raises `UsageError` for days in the wrong order, which would be a period without one inspection."""
    if first > last:
        raise click.UsageError("--from is a later day than --to")

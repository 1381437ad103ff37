"""`gatehouse availability`: how much of a period devices could serve, from intervals in a file."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction
from typing import Any

import click

from gatehouse.cli.command import ANYONE, Command
from gatehouse.cli.streams import open_input, show
from gatehouse.monitoring.domain.availability import DEFINITION, Account
from gatehouse.monitoring.domain.availability import availability as accounts_of
from gatehouse.monitoring.domain.intervals_csv import read_intervals
from gatehouse.monitoring.domain.period import EPOCH, Period
from gatehouse.monitoring.domain.service_hours import ServiceHours


@click.command(
    cls=Command,
    permission=ANYONE,
    example="gatehouse availability gates.csv --period 2023-01-01T00:00+08:00/2024-01-01T00:00+08:00\n"
    "    --service-hours 'Mon-Sun 05:00-24:00 Asia/Taipei' --json",
)
@click.argument("file", default="-")
@click.option("--period", required=True, help="START/END, in ISO 8601 with a zone.")
@click.option("--service-hours", help="When service is asked for: 'Mon-Fri 05:00-24:00; Sat 06:00-12:00 Asia/Taipei'.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def availability(file: str, period: str, service_hours: str | None, as_json: bool) -> int:
    """Put every millisecond of every device of FILE (default: standard input) into one bucket, and give the ratios.

    FILE has the columns device,start,end,state,source,received_at: moments in ISO 8601 with a zone, an empty end is
    still open. States: up, degraded, down, planned, out_of_service_hours, unknown, not_commissioned; what no row covers
    is unknown. Within one device and source a row received later replaces what it overlaps; planned work received after
    its start counts as no row; between sources the first of these wins: not_commissioned, planned,
    out_of_service_hours, down, unknown, degraded, up.
    """
    asked = Period.parse(period)
    hours = None if service_hours is None else ServiceHours.parse(service_hours)
    with open_input(file) as stream:
        accounts = accounts_of(read_intervals(stream), asked, hours)
    total = Account.total(accounts.values())
    show(_found(total, len(accounts)), _text(total, len(accounts), asked, hours), as_json=as_json)
    return 0


def _found(total: Account, devices: int) -> dict[str, Any]:
    return {
        "buckets": {state.value: milliseconds for state, milliseconds in total.buckets.items()},
        "availability": _number(total.availability),
        "lower_bound": _number(total.lower_bound),
        "coverage": _number(total.coverage),
        "devices": devices,
    }


def _number(ratio: Fraction | None) -> float | None:
    return None if ratio is None else float(ratio)


def _text(total: Account, devices: int, period: Period, hours: ServiceHours | None) -> str:
    begins, ends = ((EPOCH + timedelta(milliseconds=at)).isoformat() for at in (period.start, period.end))
    asked = hours.text if hours else "at all hours"
    return "\n".join(
        (
            f"{devices} devices, {begins} to {ends}, {asked}",
            *(f"  {state:<22}{_hours(spent):>18} h" for state, spent in total.buckets.items()),
            f"  {'availability':<22}{_percent(total.availability):>18}",
            f"  {'lower bound':<22}{_percent(total.lower_bound):>18}",
            f"  {'coverage':<22}{_percent(total.coverage):>18}",
            f"{DEFINITION}; digits that are not shown are cut off",
        )
    )


def _hours(milliseconds: int) -> str:
    return f"{milliseconds // 3_600_000:,}.{milliseconds % 3_600_000 // 3_600:03}"


def _percent(ratio: Fraction | None) -> str:
    """Four decimals, cut off: 99.99999 % is not 100 %."""
    if ratio is None:
        return "-"
    shown = ratio.numerator * 1_000_000 // ratio.denominator
    return f"{shown // 10_000}.{shown % 10_000:04} %"

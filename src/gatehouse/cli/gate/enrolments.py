"""`gatehouse gate enrolments`: how many people enrolled in lanes."""

from __future__ import annotations

from itertools import accumulate

import click

from gatehouse.cli.command import OPERATOR, Command
from gatehouse.cli.store import open_store
from gatehouse.cli.streams import show


@click.command(cls=Command, permission=OPERATOR, example="gatehouse gate enrolments --json")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def enrolments(as_json: bool) -> None:
    """Enrolments by month of consent and port, the sum up to each month, and how many are in force. Names nobody.

    `ended` are those that were revoked, or renewed by an enrolment after them.
    """
    with open_store():
        from gatehouse.platform.profile import profile
        from gatehouse.travellers.api import enrolments_counted

        rows = enrolments_counted(profile().agency.time_zone)
    sums = accumulate(row.enrolled for row in rows)
    months = [
        {"month": row.month, "port": row.port, "enrolled": row.enrolled, "ended": row.ended, "cumulative": total}
        for row, total in zip(rows, sums, strict=True)
    ]
    total = sum(row.enrolled for row in rows)
    in_force = total - sum(row.ended for row in rows)
    found = {"enrolled": total, "in_force": in_force, "months": months}
    lines = [f"{row.month} {row.port:<4}{row.enrolled:>10,} enrolled{row.ended:>10,} ended" for row in rows]
    show(found, "\n".join([*lines, f"{total:,} enrolled, {in_force:,} in force"]), as_json=as_json)

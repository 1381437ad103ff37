"""`gatehouse device certificates`: which device holds a certificate, and until when."""

from __future__ import annotations

import click

from gatehouse.cli.command import OPERATOR, Command
from gatehouse.cli.store import open_store
from gatehouse.cli.streams import show
from gatehouse.kernel.clock import SystemClock


@click.command(
    cls=Command,
    permission=OPERATOR,
    example="gatehouse device certificates --json",
    help="List the active devices with the end of their present certificate. Exit code 1: one has none that holds.",
)
@click.option("--json", "as_json", is_flag=True, help="Print them as JSON.")
def certificates(as_json: bool) -> int:
    with open_store():
        from gatehouse.platform.selectors import device_certificates

        rows = device_certificates(now=SystemClock().now())
    found = [
        {"device": row.device, "port": row.port, "ends_at": row.ends_at.isoformat() if row.ends_at else None}
        for row in rows
    ]
    said = "\n".join(f"{row['device']:<32} {row['ends_at'] or 'none'}" for row in found) or "There are no devices."
    show({"certificates": found}, said, as_json=as_json)
    return 0 if all(row["ends_at"] for row in found) else 1

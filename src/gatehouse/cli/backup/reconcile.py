"""`gatehouse backup reconcile`: what a restored database lacks, and what devices bring back."""

from __future__ import annotations

from datetime import datetime

import click

from gatehouse.cli.command import OPERATOR, Command
from gatehouse.cli.store import open_store
from gatehouse.cli.streams import show
from gatehouse.cli.witness import witnessed


@click.command(
    cls=Command,
    permission=OPERATOR,
    example="gatehouse backup reconcile --json",
    help="Compare a restored database with the checkpoints kept outside and with what devices have brought since.",
)
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
def reconcile(as_json: bool) -> int:
    """Devices send again by themselves what they hold and the centre does not; run this until none is waited for.

    Exit code 1: entries of the audit tree are lost, a device was not heard since the database started, or a ledger is
    not whole. What was typed at the console after the moment and is in no device's ledger is lost for good: the lost
    entries of the audit tree say how much was done then.
    """
    with open_store():
        from gatehouse.audit.api import kept_outside
        from gatehouse.border.api import device_ledgers
        from gatehouse.platform.actors import Actor

        tree = kept_outside()
        since = _started()
        ledgers = device_ledgers(reader=Actor.system("operator"))
        with witnessed("platform.reconcile", entries=tree.size, signed=tree.signed, lost=tree.lost):
            pass
    devices = [
        {
            "device": each.device,
            "heard": each.last_contact is not None and each.last_contact >= since,
            "received": each.received,
            "waiting": each.waiting,
            "gaps": len(each.gaps),
            "forks": len(each.forks),
        }
        for each in ledgers
    ]
    plain = {
        "audit": {"entries": tree.size, "signed": tree.signed, "lost": tree.lost, "forked": tree.forked},
        "since": since.isoformat(),
        "devices": devices,
    }
    lines = [f"Audit tree: {tree.size} entries here, {tree.signed or 0} signed outside, {tree.lost} lost."]
    lines += ["The entries here are not those that were signed."] if tree.forked else []
    lines += [
        f"{each['device']}: {'heard' if each['heard'] else 'NOT HEARD'} since {since.isoformat(timespec='seconds')}, "
        f"{each['received']} events, {each['waiting']} wait, {each['gaps']} gaps, {each['forks']} forks"
        for each in devices
    ]
    show(plain, "\n".join(lines), as_json=as_json)
    whole = all(each["heard"] and not each["gaps"] and not each["forks"] for each in devices)
    return 0 if whole and not tree.lost and not tree.forked else 1


def _started() -> datetime:
    """When the server of the database started: after a restore, since when it is the restored one."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_postmaster_start_time()")
        moment: datetime = cursor.fetchone()[0]
    return moment

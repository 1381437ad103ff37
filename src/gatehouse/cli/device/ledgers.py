"""`gatehouse device ledgers`: what the centre knows of the ledgers of devices, and what is wrong with them."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from gatehouse.cli.command import OPERATOR, Command
from gatehouse.cli.store import open_store
from gatehouse.cli.streams import show
from gatehouse.kernel.clock import SystemClock
from gatehouse.kernel.errors import NotFoundError

if TYPE_CHECKING:
    from gatehouse.border.api import LedgerView


@click.command(
    cls=Command,
    permission=OPERATOR,
    example="gatehouse device ledgers TPE-M01 --retry",
    help="Show gaps, forks, backlog and what was set aside, of one DEVICE or all. Exit code 1 where one is not whole.",
)
@click.argument("device", required=False)
@click.option("--retry", is_flag=True, help="Try again first what was set aside.")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
def ledgers(device: str | None, retry: bool, as_json: bool) -> int:
    """No person is named: what was set aside is told by its number, its kind and the reason."""
    now = SystemClock().now()
    with open_store():
        from gatehouse.border.api import device_ledgers
        from gatehouse.platform.actors import Actor
        from gatehouse.platform.selectors import device_by_name

        operator = Actor.system("operator")
        if retry:
            for view in device_ledgers(reader=operator, device=device):
                _retry(view)
        found = device_ledgers(reader=operator, device=device)
        if device is not None and found[0].last_contact is None and device_by_name(device) is None:
            raise NotFoundError("there is no device %(name)s", name=device)  # one that was revoked keeps its ledger
    plain = [_plain(view, now) for view in found]
    show({"ledgers": plain}, "\n".join(_text(view, now) for view in found) or "No device has spoken.", as_json=as_json)
    return 0 if all(view.is_whole for view in found) else 1


def _retry(view: LedgerView) -> None:
    from gatehouse.border.api import device_event_retry
    from gatehouse.platform.actors import Actor
    from gatehouse.platform.selectors import device_by_name
    from gatehouse.platform.trust import trusted

    known = device_by_name(view.device)
    if known is None:
        return
    for each in view.set_aside:
        device_event_retry(
            clock=SystemClock(), actor=Actor.system("operator"), event=each.event, port=known.port, trusted=trusted()
        )


def _plain(view: LedgerView, now: datetime) -> dict[str, Any]:
    return {
        "device": view.device,
        "last_contact": view.last_contact.isoformat() if view.last_contact else None,
        "received": view.received,
        "waiting": view.waiting,
        "backlog_s": round(view.backlog_age(now).total_seconds()),
        "gaps": [asdict(gap) for gap in view.gaps],
        "forks": [
            {"sequence": fork.sequence, "received": [at.isoformat() for at in fork.received]} for fork in view.forks
        ],
        "set_aside": [
            {"event": str(each.event), "sequence": each.sequence, "kind": each.kind, "problem": str(each.problem)}
            for each in view.set_aside
        ],
        "remarks": [
            {
                "event": str(each.event),
                "sequence": each.sequence,
                "kind": each.kind,
                "remarks": list(map(str, each.remarks)),
            }
            for each in view.remarked
        ],
    }


def _text(view: LedgerView, now: datetime) -> str:
    last = view.last_contact.isoformat(timespec="seconds") if view.last_contact else "never"
    minutes = view.backlog_age(now).total_seconds() / 60
    lines = [f"{view.device}: {view.received} events, last heard {last}, {view.waiting} wait ({minutes:.0f} minutes)"]
    lines += [f"  gap: {gap.first} to {gap.last} were never received" for gap in view.gaps]
    lines += [f"  fork: from {fork.sequence} the ledger goes on in {len(fork.received)} ways" for fork in view.forks]
    lines += [f"  set aside: {each.sequence} {each.kind}: {each.problem}" for each in view.set_aside]
    lines += [f"  {each.sequence} {each.kind}: {remark}" for each in view.remarked for remark in each.remarks]
    return "\n".join(lines)

"""`gatehouse monitor poll`: ask every network device once."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gatehouse.cli.command import OPERATOR, Command
from gatehouse.cli.streams import show
from gatehouse.kernel.clock import SystemClock

if TYPE_CHECKING:
    from gatehouse.monitoring.polling.sweep import Sweep


@click.command(
    cls=Command,
    permission=OPERATOR,
    example="gatehouse monitor poll --config switches.yaml --json",
)
@click.option("--config", "file", required=True, type=click.Path(path_type=Path), help="Whom to ask, and how.")
@click.option("--state", "memory", type=click.Path(path_type=Path), help="Where the states are kept for the next time.")
@click.option("--record", is_flag=True, help="Enter what was found into the ledger of availability.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def poll(file: Path, memory: Path | None, record: bool, as_json: bool) -> int:
    """Ask every device of the file once by SNMP, and say what is otherwise than the last time.

    The first time everything is. What does not answer is unknown, never up. Needs no database without --record; the
    states are kept beside the file (FILE.state) unless --state names another place. docs/monitoring.md has the format.
    Exit code 1: some devices did not answer or do not work.
    """
    from gatehouse.monitoring.domain.states import State
    from gatehouse.monitoring.polling.config import Polling
    from gatehouse.monitoring.polling.memory import keep, recall
    from gatehouse.monitoring.polling.sweep import sweep

    polling = Polling.read(file)
    kept = memory or file.with_name(f"{file.name}.state")
    before = recall(kept)
    found = asyncio.run(sweep(polling, before, clock=SystemClock()))
    keep(kept, found.polled)
    if record:
        from gatehouse.cli.monitor.recording import record as recorded
        from gatehouse.cli.store import open_store

        with open_store():
            for device in recorded(polling, found.polled, clock=SystemClock()):
                click.echo(f"gatehouse: {device} is not in the register of assets: not recorded", err=True)
    show(as_document(found), _text(found, {device: known.state for device, known in before.items()}), as_json=as_json)
    return 0 if all(each.state is State.UP for each in found.polled) else 1


def as_document(found: Sweep) -> dict[str, object]:
    return {
        "targets": len(found.polled),
        "answered": found.answered,
        "seconds": round(found.seconds, 3),
        "changes": [{"device": each.device, "state": each.state.value} for each in found.changes],
    }


def _text(found: Sweep, before: Mapping[str, str]) -> str:
    lines = [f"{found.answered} of {len(found.polled)} devices answered within {found.seconds:.1f} s"]
    for each in found.changes:
        cause = f" ({each.answer.trouble})" if each.answer.trouble else ""
        was = before.get(each.device, "never asked")
        lines.append(f"  {each.device}: {was} → {each.state.value}{cause}")
    lines += [f"  {each.device}: restarted" for each in found.polled if each.restarted]
    return "\n".join(lines)

"""`gatehouse workstation agent`: offer the devices of this desk to its console."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Callable
from pathlib import Path

import click

from gatehouse.cli.command import OPERATOR, Command
from gatehouse.cli.streams import show
from gatehouse.workstations.agent import run
from gatehouse.workstations.registry import Factory
from gatehouse.workstations.settings import Settings


@click.command(
    cls=Command,
    permission=OPERATOR,
    example="gatehouse workstation agent --config /etc/gatehouse/desk.toml",
    help="Find the devices of this desk and offer them to its console, until interrupted.",
)
@click.option("--config", "file", type=click.Path(path_type=Path), help="Settings in TOML; all have defaults.")
@click.option("--json", "as_json", is_flag=True, help="Print where the agent listens as one JSON document.")
def agent(file: Path | None, as_json: bool) -> None:
    """Without --config simulated devices start, at the desk that `gatehouse device register` named in the state."""
    from gatehouse.simulation.desk import simulated_driver

    settings = Settings.load(file)
    state = Path(os.environ.get("GATEHOUSE_STATE", ".state"))

    def started(desk: str, port: int) -> None:
        said = f"The agent of desk {desk} listens on 127.0.0.1:{port}  (Ctrl-C ends it)"
        show({"desk": desk, "address": f"ws://127.0.0.1:{port}"}, said, as_json=as_json)

    given: dict[str, Factory] = {"simulated": lambda options: simulated_driver(options, state=state)}
    asyncio.run(_until_interrupted(settings, given, started))


async def _until_interrupted(
    settings: Settings, given: dict[str, Factory], started: Callable[[str, int], None]
) -> None:
    work = asyncio.ensure_future(run(settings, given=given, started=started))
    for ending in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(ending, work.cancel)
    try:
        await work
    except asyncio.CancelledError:
        return

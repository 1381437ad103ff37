"""`gatehouse workstation mobile`: work without the centre, on a handheld or a laptop."""

from __future__ import annotations

import asyncio
import getpass
import json
import os
import sys
from pathlib import Path

import click

from gatehouse.cli.command import OPERATOR, Command
from gatehouse.kernel.clock import SystemClock
from gatehouse.workstations.mobile.program import Lines, run
from gatehouse.workstations.mobile.walk import Answer
from gatehouse.workstations.registry import Factory
from gatehouse.workstations.settings import Settings


@click.command(
    cls=Command,
    permission=OPERATOR,
    example="gatehouse workstation mobile --config /etc/gatehouse/handheld.toml",
    help="Examine and decide on board, with no network: line by line, until quit. help shows the lines.",
)
@click.option("--config", "file", required=True, type=click.Path(path_type=Path), help="Settings in TOML.")
@click.option("--json", "as_json", is_flag=True, help="Answer each line with one line of JSON.")
def mobile(file: Path, as_json: bool) -> None:
    """The officers' own passphrases let them in; this account only starts the program."""
    from gatehouse.simulation.desk import simulated_driver

    settings = Settings.load(file)
    state = Path(os.environ.get("GATEHOUSE_STATE", ".state"))

    def say(answer: Answer) -> None:
        click.echo(json.dumps(dict(answer.facts), ensure_ascii=False) if as_json else answer.text)

    given: dict[str, Factory] = {"simulated": lambda options: simulated_driver(options, state=state)}
    asyncio.run(run(settings, Lines(_line, _secret, say), given=given, clock=SystemClock()))


async def _line() -> str | None:
    read = await asyncio.to_thread(sys.stdin.readline)
    return read.rstrip("\n") if read else None


async def _secret(prompt: str) -> str | None:
    if sys.stdin.isatty():
        return await asyncio.to_thread(getpass.getpass, prompt)
    return await _line()

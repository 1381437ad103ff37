"""`gatehouse gate run`: one lane, with simulated devices and its guidance page on a local port."""

from __future__ import annotations

import asyncio
import contextlib
from pathlib import Path

import click

from gatehouse.cli.command import ANYONE, Command


@click.command(
    cls=Command,
    permission=ANYONE,
    example="gatehouse gate run --config lane.toml",
)
@click.option("--config", "file", required=True, type=click.Path(path_type=Path), help="Settings in TOML.")
def run(file: Path) -> None:
    """Run one lane until interrupted: made-up people come with documents, chips and faces. FILE may be empty.

    It says the address of its guidance page, and the file with the token of the officer's line. Its ledger stays where
    the settings say; started again it goes on, and marks a passage whose end nobody saw as doubtful.
    """
    from gatehouse.gates.settings import Settings
    from gatehouse.platform.profile import profile
    from gatehouse.simulation.lane_process import run_lane

    settings = Settings.load(file)
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(run_lane(settings, profile(), said=click.echo))

"""`gatehouse gate desk`: up to ten lanes on one screen."""

from __future__ import annotations

import asyncio
import contextlib
import os
import secrets
from pathlib import Path

import click

from gatehouse.cli.command import ANYONE, Command
from gatehouse.kernel.errors import UnreadableError


@click.command(cls=Command, permission=ANYONE, example="gatehouse gate desk --config desk.toml")
@click.option("--config", "file", required=True, type=click.Path(path_type=Path), help="Settings in TOML.")
def desk(file: Path) -> None:
    """Serve the supervisor's desk on a local port until interrupted: live state of each lane, faces on a hand-over,
    commands by key, alarms by sound and word. It talks to the lanes themselves, and needs no centre.

    FILE names code (a file for the desk's code, made where it is not there), page, and for each of [[lanes]] name,
    address ("ws://127.0.0.1:8981") and token (the lane's file officer-token).
    """
    from gatehouse.gates.supervisor.relay import Relay
    from gatehouse.gates.supervisor.settings import DeskSettings

    settings = DeskSettings.load(file)
    for lane in settings.lanes:
        if not lane.token.exists():  # it may be made when the lane is started
            click.echo(f"{lane.name}: there is no token in {lane.token} yet: the desk does not reach it", err=True)
    relay = Relay(settings.lanes, code=_code(settings.code))

    async def run() -> None:
        server = await relay.serve(settings.page)
        port = server.sockets[0].getsockname()[1] if server.sockets else settings.page
        lanes = ", ".join(lane.name for lane in settings.lanes)
        click.echo(f"Supervisor's desk on http://127.0.0.1:{port}/ for {lanes}")
        click.echo(f"Its code is in {settings.code}")
        await relay.run()

    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(run())


def _code(file: Path) -> str:
    """The desk's code, made once; for its owner alone."""
    try:
        if not file.exists():
            file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            held = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            os.write(held, secrets.token_urlsafe(9).encode())
            os.close(held)
        code = file.read_text().strip()
    except OSError as error:
        raise UnreadableError("%(name)s cannot be read: %(cause)s", name=str(file), cause=error.strerror) from error
    if not code:
        raise UnreadableError("%(name)s is empty", name=str(file))
    return code

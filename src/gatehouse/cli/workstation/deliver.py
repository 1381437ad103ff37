"""`gatehouse workstation deliver`: send what a device wrote without the centre."""

from __future__ import annotations

import random
import signal
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from functools import partial
from pathlib import Path

import click
import httpx

from gatehouse.cli.command import OPERATOR, Command
from gatehouse.cli.streams import show
from gatehouse.device.delivery import BUSY_S, Backoff, BusyCentreError, Delivery, UnreachableError
from gatehouse.device.identity import connected
from gatehouse.device.ledger import Outbox
from gatehouse.kernel.clock import SystemClock
from gatehouse.workstations.mobile.program import mobile_settings
from gatehouse.workstations.pairing import Pairing
from gatehouse.workstations.settings import Settings

#: While nothing waits the centre hears every so many seconds that the device lives.
_IDLE_S = 30.0
#: How long one connection is used.
_ANEW = timedelta(hours=1)
Connecting = Callable[[], AbstractContextManager[httpx.Client]]


@click.command(
    cls=Command,
    permission=OPERATOR,
    example="gatehouse workstation deliver --config /etc/gatehouse/handheld.toml --once",
    help="Send the ledger of this device to the centre, in batches, until interrupted.",
)
@click.option("--config", "file", required=True, type=click.Path(path_type=Path), help="Settings in TOML.")
@click.option("--once", is_flag=True, help="Send what waits and end; exit code 1 where the centre cannot be reached.")
@click.option("--every", default=_IDLE_S, type=click.FloatRange(min=0.05), help="Seconds between looks while idle.")
@click.option("--json", "as_json", is_flag=True, help="With --once: print what was sent as JSON.")
def deliver(*, file: Path, once: bool, every: float, as_json: bool) -> None:
    """Whatever is killed or cut, nothing is lost and nothing doubled: start it again."""
    settings = Settings.load(file)
    mobile, pairing = mobile_settings(settings), Pairing.load(settings.pairing)
    outbox = Outbox(mobile.ledger, device=pairing.desk)
    try:
        connecting = partial(
            connected,
            mobile.centre,
            settings.identity,
            device=pairing.desk,
            token=pairing.token,
            clock=SystemClock(),
        )
        if once:
            with connecting() as client:
                sent = Delivery(outbox, client, pairing.token).drain()
            waiting = outbox.backlog.count
            show({"sent": sent, "waiting": waiting}, f"Sent {sent} events; {waiting} wait.", as_json=as_json)
        else:
            _until_interrupted(outbox, connecting, pairing.token, every, timedelta(hours=mobile.kept_hours))
    finally:
        outbox.close()


def _until_interrupted(outbox: Outbox, connecting: Connecting, token: str, every: float, kept: timedelta) -> None:
    """A connection is made anew where it failed and every hour, so that a certificate that is due is renewed."""
    ending, backoff, clock = threading.Event(), Backoff(), SystemClock()
    for interruption in (signal.SIGINT, signal.SIGTERM):
        signal.signal(interruption, lambda *_: ending.set())
    while not ending.is_set():
        try:
            with connecting() as client:
                anew = clock.now() + _ANEW
                delivery, wait = Delivery(outbox, client, token), 0.0
                while clock.now() < anew and not ending.wait(wait):
                    done = delivery.deliver_once()
                    backoff.succeeded()
                    wait = 0.0 if done.waiting else every
                    if not done.waiting:
                        outbox.forget_delivered(before=clock.now() - kept)
        except BusyCentreError:
            wait = random.uniform(0, BUSY_S)  # noqa: S311  spreads load, keeps no secret
            continue
        except UnreachableError as error:
            again = backoff.failed()
            click.echo(f"gatehouse: {error}; again in {again:.1f} s", err=True)
            ending.wait(again)

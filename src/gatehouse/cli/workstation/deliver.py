"""`gatehouse workstation deliver`: send what a device wrote without the centre."""

from __future__ import annotations

import signal
import threading
from datetime import timedelta
from pathlib import Path

import click
import httpx

from gatehouse.cli.command import OPERATOR, Command
from gatehouse.cli.streams import show
from gatehouse.device.delivery import Backoff, Delivery, UnreachableError
from gatehouse.device.ledger import Outbox
from gatehouse.kernel.clock import SystemClock
from gatehouse.workstations.mobile.program import mobile_settings
from gatehouse.workstations.pairing import Pairing
from gatehouse.workstations.settings import Settings

#: While nothing waits the centre hears every so many seconds that the device lives.
_IDLE_S = 30.0


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
        with httpx.Client(base_url=mobile.centre) as client:
            delivery = Delivery(outbox, client, pairing.token)
            if once:
                sent = delivery.drain()
                waiting = outbox.backlog.count
                show({"sent": sent, "waiting": waiting}, f"Sent {sent} events; {waiting} wait.", as_json=as_json)
            else:
                _until_interrupted(delivery, every, timedelta(hours=mobile.kept_hours))
    finally:
        outbox.close()


def _until_interrupted(delivery: Delivery, every: float, kept: timedelta) -> None:
    ending, backoff, clock = threading.Event(), Backoff(), SystemClock()
    for interruption in (signal.SIGINT, signal.SIGTERM):
        signal.signal(interruption, lambda *_: ending.set())
    wait = 0.0
    while not ending.wait(wait):
        try:
            done = delivery.deliver_once()
        except UnreachableError as error:
            wait = backoff.failed()
            click.echo(f"gatehouse: {error}; again in {wait:.1f} s", err=True)
            continue
        backoff.succeeded()
        wait = 0.0 if done.waiting else every
        if not done.waiting:
            delivery.outbox.forget_delivered(before=clock.now() - kept)

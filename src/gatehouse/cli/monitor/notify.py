"""`gatehouse monitor notify`: tell of incidents whoever the profile names."""

from __future__ import annotations

import json
import signal
from datetime import timedelta
from threading import Event

import click

from gatehouse.cli.command import OPERATOR, Command
from gatehouse.cli.store import open_store
from gatehouse.kernel.clock import SystemClock


@click.command(
    cls=Command,
    permission=OPERATOR,
    example="gatehouse monitor notify --every 5",
)
@click.option("--every", type=click.FloatRange(min=0.5), help="Again after so many seconds, until interrupted.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document, a line for each round.")
def notify(every: float | None, as_json: bool) -> int:
    """Tell of incidents that began, that nobody took care of, and that are over, by log, mail or webhook.

    Who is told stands in the profile (monitoring/notices.yaml). What does not arrive is tried again for a day; the
    page of the incident shows who was told when. Exit code 1: in the last round something did not arrive.
    """
    from django.db import DatabaseError, connection

    stop = Event()
    if every is not None:
        for ending in (signal.SIGINT, signal.SIGTERM):
            signal.signal(ending, lambda *_: stop.set())
    failed = 0
    with open_store():
        while True:
            try:
                failed = _round(every, as_json=as_json)
            except DatabaseError as error:
                if every is None:
                    raise
                click.echo(f"gatehouse: nobody was told: {' '.join(str(error).split())}", err=True)
                connection.close()
            if every is None or stop.wait(every):
                return 1 if failed else 0


def _round(every: float | None, *, as_json: bool) -> int:
    from gatehouse.monitoring.api import notices_decide, notices_send, pulse_record, telling_plan
    from gatehouse.platform.actors import Actor

    clock, actor = SystemClock(), Actor.system("monitor")
    fresh = notices_decide(clock=clock, actor=actor, plan=telling_plan())
    told = notices_send(clock=clock, actor=actor)
    if every is not None:
        pulse_record(clock=clock, actor=actor, name="notify", every=timedelta(seconds=every))
    if every is None or told.arrived or told.failed:
        found = {"new": fresh, "arrived": told.arrived, "failed": told.failed, "waiting": told.waiting}
        text = f"{told.arrived} arrived, {told.failed} did not, {told.waiting} wait"
        click.echo(json.dumps(found) if as_json else text)
    return told.failed

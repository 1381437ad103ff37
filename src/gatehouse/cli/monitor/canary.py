"""`gatehouse monitor canary`: whether a traveller can be cleared now."""

from __future__ import annotations

import json
import signal
from datetime import timedelta
from threading import Event
from typing import TYPE_CHECKING

import click

from gatehouse.cli.command import OPERATOR, Command
from gatehouse.cli.store import open_store
from gatehouse.kernel.clock import SystemClock

if TYPE_CHECKING:
    from gatehouse.simulation.canary import Tried

#: The source under which the ledger knows what the canary found, and how many intervals a word of it holds.
SOURCE, _HOLDS = "canary", 3


@click.command(
    cls=Command,
    permission=OPERATOR,
    example="gatehouse monitor canary --port TPE --json\n"
    "  gatehouse monitor canary --port TPE --record TPE-CENTRE --every 30",
)
@click.option("--port", required=True, help="The port at which it is cleared.")
@click.option("--record", "device", help="Enter what was found into the ledger, as a word on this device.")
@click.option("--every", type=click.FloatRange(min=1), help="Again after so many seconds, until interrupted.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document, a line for each time.")
def canary(port: str, device: str | None, every: float | None, as_json: bool) -> int:
    """Clear a traveller who does not exist, through the services of a desk, and undo it.

    It reads the lists, verifies a chip's signature, looks for the person, searches the watchlists, decides, records the
    crossing and finds it again, in one transaction that is rolled back: no record, no figure and no log speaks of it.
    Exit code 1: the last time, a traveller could not be cleared.
    """
    stop = Event()
    if every is not None:
        for ending in (signal.SIGINT, signal.SIGTERM):
            signal.signal(ending, lambda *_: stop.set())
    with open_store():
        while True:
            tried = _once(port, device, every)
            click.echo(json.dumps(as_document(tried)) if as_json else as_text(tried))
            if every is None or stop.wait(every):
                return 0 if tried.able else 1


def _once(port: str, device: str | None, every: float | None) -> Tried:
    from django.db import DatabaseError, connection

    from gatehouse.simulation.canary import clearance_try

    tried = clearance_try(clock=SystemClock(), port=port)
    try:
        if device is not None:
            _enter(device, tried, timedelta(seconds=_HOLDS * (every or 30)))
        if every is not None:
            _beat(timedelta(seconds=every))
    except DatabaseError as error:
        click.echo(f"gatehouse: nothing was entered: {' '.join(str(error).split())}", err=True)
    finally:
        if every is not None:
            connection.close()  # it may be gone by the next time
    return tried


def _enter(device: str, tried: Tried, holds: timedelta) -> None:
    from gatehouse.monitoring.api import Observation, State, observations_record
    from gatehouse.platform.actors import Actor

    state = State.DOWN if not tried.able else State.UP if tried.anchors else State.DEGRADED
    detail = {"steps_ms": tried.steps_ms, "failed": tried.failed, "cause": tried.cause, "anchors": tried.anchors}
    word = Observation(device, state, SOURCE, SystemClock().now(), holds, detail=detail)
    observations_record(clock=SystemClock(), actor=Actor.system("monitor"), observations=[word])


def _beat(every: timedelta) -> None:
    from gatehouse.monitoring.api import pulse_record
    from gatehouse.platform.actors import Actor

    pulse_record(clock=SystemClock(), actor=Actor.system("monitor"), name="canary", every=every)


def as_document(tried: Tried) -> dict[str, object]:
    failed = None if tried.able else {"step": tried.failed, "cause": tried.cause}
    return {"able": tried.able, "anchors": tried.anchors, "steps_ms": tried.steps_ms, "failed": failed}


def as_text(tried: Tried) -> str:
    took = ", ".join(f"{name} {time:.0f} ms" for name, time in tried.steps_ms.items())
    if not tried.able:
        return f"no traveller can be cleared: {tried.failed}: {tried.cause}"
    lists = (
        "" if tried.anchors else "; no list of trusted states is stored, so no chip of a real one can be authenticated"
    )
    return f"a traveller can be cleared ({took}){lists}"

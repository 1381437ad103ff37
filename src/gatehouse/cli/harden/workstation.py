"""The points of a desk: its files, its running agent, and the unit that confines it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

from gatehouse.cli.harden import running, unit
from gatehouse.cli.harden.files import changeable, readable
from gatehouse.cli.harden.points import Answer, Asked, Checked, Point, asking, elsewhere, fails, holds, judged
from gatehouse.workstations.pairing import Pairing
from gatehouse.workstations.settings import Settings

PAIRING = Point(
    "desk-pairing-private",
    "the desk's token can be read by its owner alone",
    "register the desk with umask 077, or chmod 600 the file; where others could read it, register the desk again",
)
SETTINGS = Point(
    "desk-settings-kept",
    "nobody but the owner can change the settings of the desk",
    "chown root: and chmod go-w the file and its folder",
)
ORIGINS = Point(
    "desk-origins-tls",
    "every console that may connect is served over TLS",
    "name the consoles in `origins` as https://…",
)
SIMULATION = Point(
    "desk-no-simulation",
    "the desk starts no simulated device",
    "name the drivers of the real devices in [[drivers]] and take out `simulated`",
)
TELEMETRY = Point(
    "desk-telemetry-private",
    "telemetry is readable by its owner alone",
    "put the spool into a folder of the agent's own (StateDirectory with mode 0700)",
)
LEDGER = Point(
    "desk-ledger-private",
    "the ledger of work without a network is its owner's alone, whole, and written ahead",
    "put it into a folder of the program's own on an encrypted disk; keep one that is not whole as it is and report it",
)
LOOPBACK = Point(
    "desk-loopback",
    "the agent listens on 127.0.0.1 and nowhere else",
    "end what else listens on this port; the agent itself has no setting to listen elsewhere",
)
ACCOUNT = Point(
    "desk-not-root",
    "the agent does not run as root",
    "start it by the unit, as the account gatehouse-desk",
)
ORIGIN = Point(
    "desk-origin-refused",
    "a page of another origin is refused before it hears anything",
    "what listens on this port is no agent of this version: install it again",
)
TICKET = Point(
    "desk-ticket-needed",
    "without a ticket of the centre nobody learns of a device",
    "what listens on this port is no agent of this version: install it again",
)
UNIT = Point(
    "desk-unit-confined",
    "the service is confined: no new privileges, a read-only system, no network but this machine, no core dumps",
    "install docs/manual/gatehouse-workstation.service; loosen it only by a drop-in that says why",
)
POINTS = (PAIRING, SETTINGS, ORIGINS, SIMULATION, TELEMETRY, LEDGER, LOOPBACK, ACCOUNT, ORIGIN, TICKET, UNIT)


def check(asked: Asked) -> Iterator[Checked]:
    if asked.config is None:
        missing = elsewhere("no settings of a desk were named (--config)")
        yield from asking((point, lambda: missing) for point in POINTS if point is not UNIT)
    else:
        yield from asking(_of_desk(asked.config, Settings.load(asked.config)))
    yield from asking([(UNIT, lambda: confined(asked.unit))])


def _of_desk(file: Path, settings: Settings) -> Iterator[tuple[Point, Callable[[], Answer]]]:
    yield PAIRING, lambda: pairing(settings)
    yield SETTINGS, lambda: judged(changeable(file), f"{file} is its owner's")
    yield ORIGINS, lambda: origins(settings)
    yield SIMULATION, lambda: simulation(settings)
    yield TELEMETRY, lambda: telemetry(settings)
    yield LEDGER, lambda: ledger(settings)
    yield LOOPBACK, lambda: running.loopback(settings)
    yield ACCOUNT, lambda: running.account(settings)
    yield ORIGIN, lambda: running.origin_refused(settings)
    yield TICKET, lambda: running.ticket_needed(settings)


def pairing(settings: Settings) -> Answer:
    Pairing.load(settings.pairing)  # refuses a file that others can read
    return judged(changeable(settings.pairing), f"{settings.pairing} is its owner's alone")


def origins(settings: Settings) -> Answer:
    plain = [origin for origin in settings.origins if urlsplit(origin).scheme != "https"]
    return judged((f"{origin} is served without TLS" for origin in plain), ", ".join(settings.origins))


def simulation(settings: Settings) -> Answer:
    names = [driver.name for driver in settings.drivers]
    return fails("the driver simulated is started") if "simulated" in names else holds(", ".join(names) or "no driver")


def telemetry(settings: Settings) -> Answer:
    spool = settings.telemetry.spool
    if spool is None or not spool.exists():
        return elsewhere("no telemetry is kept")
    return judged(readable(spool), f"{spool} is its owner's alone")


def ledger(settings: Settings) -> Answer:
    """Only looked at. That each commit is on the disk (synchronous=FULL) the program itself asserts at every start."""
    if settings.mobile is None or not settings.mobile.ledger.exists():
        return elsewhere("this device has no ledger")
    file = settings.mobile.ledger
    try:
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as opened:
            [mode] = opened.execute("PRAGMA journal_mode").fetchone()
            [whole] = opened.execute("PRAGMA integrity_check(1)").fetchone()
    except sqlite3.Error as error:
        return fails(f"{file} cannot be read: {error}")
    wrong = [*readable(file), *changeable(file)]
    wrong += [f"its journal is {mode}"] if mode != "wal" else []
    wrong += [f"it is damaged: {whole}"] if whole != "ok" else []
    return judged(wrong, f"{file} is its owner's alone, and whole")


def confined(file: Path | None) -> Answer:
    if file is None:
        return elsewhere("no unit was named (--unit)")
    return judged(unit.lacking(file), f"{file} has all {len(unit.REQUIRED)} directives")

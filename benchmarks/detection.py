"""100 public rules over 200,000 events, from the file to the alerts, beside pySigma's own backend for SQLite.

Aim: under 5 s. The peer converts the same rules to SQL and runs them over the same events in memory; reading the
events and filling its table is counted for both.
"""

from __future__ import annotations

import json
import random
import sqlite3
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks.table import Row
from gatehouse.security.api import Detector, detect, read_events, read_rules
from gatehouse.security.domain.events import flat

EVENTS, RULES = 200_000, 100


def run() -> list[Row]:
    from tests.conformance import conformance_dir

    files = sorted((conformance_dir() / "security" / "sigma").glob("*.yml"))[-RULES:]
    if len(files) < RULES:
        return [Row("Detection", "not measured: the public rules are absent", "", "")]
    lines = [json.dumps(event).encode() for event in islice(_events(), EVENTS)]
    ours, alerts = _ours(files, lines)
    theirs, rules = _peer(files, lines)
    return [
        Row(
            f"{RULES} rules over {EVENTS:,} events ({alerts} true of some)",
            f"{ours:.2f} s",
            f"pySigma's SQLite, {rules} rules: {theirs:.1f} s",
            f"{theirs / ours:.1f} times",
        ),
        _as_they_come(files, lines),
    ]


def _as_they_come(files: list[Path], lines: list[bytes]) -> Row:
    """A thousand at a time, beside detection over all of them together; reading is counted for neither."""
    ruleset = read_rules([(path.name, path.read_bytes()) for path in files])
    events, _ = read_events(lines)
    began = time.perf_counter()
    detect(ruleset, events)
    together = time.perf_counter() - began
    detector, began = Detector(ruleset), time.perf_counter()
    for first in range(0, EVENTS, 1000):
        detector.feed(events[first : first + 1000])
    seconds = time.perf_counter() - began
    return Row(
        "The same as they come, 1,000 at a time",
        f"{EVENTS / seconds:,.0f} events/s",
        f"all together: {EVENTS / together:,.0f} events/s",
        f"{together / seconds:.2f} times",
    )


def _ours(files: list[Path], lines: list[bytes]) -> tuple[float, int]:
    began = time.perf_counter()
    ruleset = read_rules([(path.name, path.read_bytes()) for path in files])
    events, _ = read_events(lines)
    found = detect(ruleset, events)
    return time.perf_counter() - began, len(found)


def _peer(files: list[Path], lines: list[bytes]) -> tuple[float, int]:
    """Seconds, and how many of the rules its table could be asked."""
    from sigma.backends.sqlite.sqlite import sqliteBackend
    from sigma.collection import SigmaCollection

    began = time.perf_counter()
    rows = [flat(json.loads(line)) for line in lines]
    names = sorted({name for row in rows for name in row})
    store = sqlite3.connect(":memory:")
    columns = ", ".join(f'"{name}" COLLATE NOCASE' for name in names)
    store.execute(f"CREATE TABLE logs ({columns}, whole COLLATE NOCASE)")
    places = ", ".join("?" * (len(names) + 1))
    filled = ([str(row.get(name)) if name in row else None for name in names] for row in rows)
    store.executemany(
        f"INSERT INTO logs VALUES ({places})",
        ([*values, " ".join(filter(None, values))] for values in filled),
    )
    backend, done = sqliteBackend(fulltext_field="whole"), 0  # type: ignore[no-untyped-call]
    for path in files:
        for query in backend.convert(SigmaCollection.from_yaml(path.read_text())):
            try:
                store.execute(str(query).replace("<TABLE_NAME>", "logs")).fetchall()
                done += 1
            except sqlite3.OperationalError:  # a rule of a field that no event has
                continue
    return time.perf_counter() - began, done


def _events() -> Iterator[dict[str, Any]]:
    """Web, cloud, host and identity logs by turns, each line different; one in a thousand is an attack."""
    chance = random.Random(1)
    number = 0
    while True:
        number += 1
        bad = number % 1000 == 0
        address, share = f"10.{number % 7}.{number % 251}.{number % 241}", chance.random()
        attack = "?id=1' UNION SELECT password" if bad else f"?id={number}&x={share}"
        yield {
            "@timestamp": f"2026-11-26T{number % 24:02}:{number % 60:02}:00Z",
            "cs-method": "GET",
            "cs-uri-query": f"/search{attack}",
            "cs-user-agent": f"Mozilla/5.0 (X11; Linux x86_64) Chrome/{number % 140}",
            "sc-status": 200,
            "c-ip": address,
        }
        yield {
            "eventSource": "iam.amazonaws.com",
            "eventName": "CreateUser" if bad else "GetUser",
            "userIdentity": {"type": "IAMUser", "arn": f"arn:aws:iam::1:user/u{number}"},
            "requestParameters": {"userName": f"u{number}", "share": share},
        }
        yield {"message": f"sshd[{number}]: Accepted publickey for u{number} from {address}", "host": f"h{number % 50}"}
        yield {
            "eventType": "user.session.start",
            "actor": {"displayName": f"u{number}"},
            "outcome": {"result": "SUCCESS"},
        }

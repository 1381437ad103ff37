"""Inspections through the border's services by 8 clients, beside the bare statements that leave the same rows.

One inspection is `inspection_open` and `decision_take`, each in its own transaction: two commits to a durable server.
"""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable, Iterator
from functools import cache
from typing import TYPE_CHECKING, Any
from uuid import UUID

from benchmarks.store import measured_store
from benchmarks.table import Row
from gatehouse.documents.mrz import check_digit
from gatehouse.documents.pki.certificates import Certificate
from gatehouse.documents.pki.trust import TrustStore
from gatehouse.kernel.clock import SystemClock

if TYPE_CHECKING:
    from multiprocessing.queues import SimpleQueue

    from gatehouse.border.api import DocumentReading
    from gatehouse.platform.actors import Actor

CLIENTS = 8
SECONDS = 6.0
PASSPORTS = 40
AIM = "500/s on 2 cores, p99 under 50 ms"

#: One inspection: its number, across all clients and rounds.
Work = Callable[[int], object]
CLOCK = SystemClock()
_fork = multiprocessing.get_context("fork")


def run() -> list[Row]:
    with measured_store():
        _inspect(0)
        for table in (*_OPENED, *_DECIDED):
            _template(table)
        bare = _measured(_bare, 1)
        rows = [_row("inspections without a chip", _measured(_inspect, 2), bare)]
        _passports()
        rows.append(_row("inspections with a chip (5 files)", _measured(_inspect_chip, 3), bare))
    return rows


def _row(what: str, times: list[float], bare: list[float]) -> Row:
    rate, bare_rate = len(times) / SECONDS, len(bare) / SECONDS
    return Row(
        f"{what}, {CLIENTS} clients",
        f"{rate:,.0f}/s, p50 {_percentile(times, 50):.1f} ms, p99 {_percentile(times, 99):.1f} ms",
        f"bare SQL of the same rows: {bare_rate:,.0f}/s, p99 {_percentile(bare, 99):.1f} ms",
        f"{rate / bare_rate:.2f} times",
        AIM,
    )


def _percentile(times: list[float], percent: int) -> float:
    """In milliseconds."""
    return sorted(times)[len(times) * percent // 100] * 1000


def _measured(work: Work, round_: int) -> list[float]:
    """Seconds that each inspection took, of all clients."""
    from django.db import connections

    connections.close_all()
    results: SimpleQueue[list[float]] = _fork.SimpleQueue()
    begin = time.perf_counter() + 1
    clients = [_fork.Process(target=_client, args=(work, round_, n, begin, results)) for n in range(CLIENTS)]
    for client in clients:
        client.start()
    times = [took for _ in clients for took in results.get()]
    for client in clients:
        client.join()
    return times


def _client(work: Work, round_: int, client: int, begin: float, results: SimpleQueue[list[float]]) -> None:
    """Warm up until all begin together, then count what ends within the time."""
    times = []
    for number in _numbers(round_, client):
        start = time.perf_counter()
        work(number)
        end = time.perf_counter()
        if end > begin + SECONDS:
            break
        if start >= begin:
            times.append(end - start)
    results.put(times)


def _numbers(round_: int, client: int) -> Iterator[int]:
    """Numbers that no other client or round gives."""
    first = (round_ * CLIENTS + client) * 1_000_000
    yield from range(first, first + 1_000_000)


@cache
def _officer() -> Actor:
    from gatehouse.platform.actors import Actor, ActorKind

    return Actor(ActorKind.USER, "bench", frozenset({"border.inspect"}))


def _mrz(number: int) -> str:
    """The passport of a traveller whom nobody has met before."""
    checked = f"B{number:08d}"
    begin, end = f"{checked}{check_digit(checked)}", f"8503149F3501313{'<' * 14}<"
    composite = check_digit(begin + end[:7] + end[8:])
    return f"P<JPNTANAKA<<HANAKO{'<' * 25}\n{begin}JPN{end}{composite}"


def _inspect(number: int) -> None:
    from gatehouse.border.api import DocumentReading

    _admitted(DocumentReading(mrz=_mrz(number), read_at=CLOCK.now()), TrustStore(()))


def _inspect_chip(number: int) -> None:
    from gatehouse.border.api import DocumentReading

    trust, passports = _passports()
    mrz, files = passports[number % PASSPORTS]
    _admitted(DocumentReading(mrz=mrz, read_at=CLOCK.now(), files=files), trust)


def _admitted(reading: DocumentReading, trust: TrustStore) -> None:
    from gatehouse.border.api import DecisionKind, Direction, InspectionState, decision_take, inspection_open

    inspection = inspection_open(
        clock=CLOCK,
        officer=_officer(),
        port="TPE",
        lane="T1-E01",
        direction=Direction.ENTRY,
        conveyance="CI 101",
        reading=reading,
        trust=trust,
    )
    taken = decision_take(
        clock=CLOCK, officer=_officer(), inspection=inspection, kind=DecisionKind.ADMIT, reason="measured"
    )
    if taken.state is not InspectionState.CLOSED or taken.crossing is None:
        raise ValueError("the inspection to measure did not end in a crossing")


@cache
def _passports() -> tuple[TrustStore, list[tuple[str, dict[str, bytes]]]]:
    """Passports of a made-up state with their chips, and the authority that they verify under."""
    from gatehouse.simulation.holders import made_up_holder
    from gatehouse.simulation.issuing import Issuer

    on = CLOCK.now().date()
    issuer = Issuer("JP", "JPN", seed=1, on=on)
    issued = [issuer.personalise(made_up_holder("JPN", seed, on=on)) for seed in range(PASSPORTS)]
    trust = TrustStore([Certificate.read(der) for der in issuer.csca_certificates()])
    return trust, [("\n".join(passport.mrz_lines), passport.files) for passport in issued]


_OPENED = ("travellers_document", "travellers_traveller", "border_inspection", "audit_leaf", "audit_payload")
_DECIDED = ("border_decision", "border_crossing", "audit_leaf", "audit_payload")


@cache
def _template(table: str) -> dict[str, Any]:
    """A row of the inspection that was made first, to be written again under other ids."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table} ORDER BY 1 LIMIT 1")
        names = [column.name for column in cursor.description]
        return dict(zip(names, cursor.fetchone(), strict=True))


def _bare(number: int) -> None:
    """The same rows by the same two commits: statements prepared on the server, nothing read, nothing decided."""
    from django.db import transaction

    from gatehouse.kernel.ids import new_id
    from gatehouse.platform.database import run

    ids = {name: new_id() for name in ("traveller", "inspection", "leaf")}
    with transaction.atomic():
        for table in _OPENED:
            _write(table, number, ids)
    with transaction.atomic():
        run(
            "UPDATE border_inspection SET state = 'closed', closed_at = now(), waiting_since = NULL, has_images = false"
            " WHERE id = %s",
            (ids["inspection"],),
        )
        ids["leaf"] = new_id()
        for table in _DECIDED:
            _write(table, number, ids)


def _write(table: str, number: int, ids: dict[str, UUID]) -> None:
    from gatehouse.kernel.ids import new_id
    from gatehouse.platform.database import insert

    own = {"travellers_traveller": "traveller", "border_inspection": "inspection", "audit_leaf": "leaf"}
    changed: dict[str, Any] = {
        "id": ids[own[table]] if table in own else new_id(),
        "traveller_id": ids["traveller"],
        "traveller": ids["traveller"],
        "inspection_id": ids["inspection"],
        "inspection": ids["inspection"],
        "leaf_id": ids["leaf"],
        "number": f"B{number:08d}",
        "document_number": f"B{number:08d}",
    }
    template = _template(table)
    insert(table, **{**template, **{name: value for name, value in changed.items() if name in template}})

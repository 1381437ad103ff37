from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import Any

import pytest
from django.db import OperationalError, connection, transaction
from tests.border.records import everything

from gatehouse.audit.models import Leaf
from gatehouse.documents.pki.trust import TrustStore
from gatehouse.kernel.clock import SystemClock
from gatehouse.kernel.errors import RefusedError
from gatehouse.simulation import canary
from gatehouse.simulation.canary import clearance_try

pytestmark = pytest.mark.django_db(transaction=True)
STEPS = ["lists", "inspection", "look", "decision", "crossing"]


def test_it_is_cleared_and_leaves_no_trace() -> None:
    before = everything()
    for _ in range(2):
        tried = clearance_try(clock=SystemClock(), port="TPE")
        assert (tried.able, tried.failed, list(tried.steps_ms)) == (True, None, STEPS)
    assert everything() == before
    assert not Leaf.objects.exists()


@pytest.mark.parametrize(
    ("part", "step"),
    [
        ("inspection_open", "inspection"),
        ("inspection_view", "look"),
        ("decision_take", "decision"),
        ("crossings_of", "crossing"),
    ],
)
def test_what_does_not_answer_is_named_and_leaves_no_trace(
    part: str, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*_: Any, **__: Any) -> None:
        raise OperationalError("the server\n is gone")

    monkeypatch.setattr(f"gatehouse.simulation.canary.{part}", gone)
    before = everything()
    tried = clearance_try(clock=SystemClock(), port="TPE")
    assert (tried.able, tried.failed, tried.cause) == (False, step, "the server is gone")
    assert list(tried.steps_ms) == STEPS[: STEPS.index(step)]
    assert everything() == before


def test_a_crossing_that_was_not_recorded_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gatehouse.simulation.canary.decision_take", lambda **_: None)
    tried = clearance_try(clock=SystemClock(), port="TPE")
    assert (tried.failed, tried.cause) == ("crossing", "0 crossings were recorded, not 1")


def test_a_signature_that_is_not_verified_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    document, _ = canary._document(SystemClock().now().date())
    monkeypatch.setattr(canary, "_document", lambda _: (document, TrustStore(())))
    tried = clearance_try(clock=SystemClock(), port="TPE")
    assert (tried.failed, tried.cause) == (
        "look",
        "checks of the canary's document that should hold do not: dsc_chain",
    )


def test_a_database_that_keeps_waiting_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(canary, "_PATIENCE_MS", 200)
    held, free = Event(), Event()

    def hold() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("LOCK TABLE border_inspection IN ACCESS EXCLUSIVE MODE")
            held.set()
            free.wait(30)
        connection.close()

    with ThreadPoolExecutor(1) as threads:
        waiting = threads.submit(hold)
        assert held.wait(30)
        tried = clearance_try(clock=SystemClock(), port="TPE")
        free.set()
        waiting.result()
    assert (tried.failed, tried.cause) == ("inspection", "canceling statement due to statement timeout")
    assert clearance_try(clock=SystemClock(), port="TPE").able


def test_a_port_that_is_none_is_the_askers_mistake() -> None:
    with pytest.raises(RefusedError, match="no port XXX"):
        clearance_try(clock=SystemClock(), port="XXX")

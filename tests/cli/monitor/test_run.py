"""`gatehouse monitor run`: a change stands in the ledger within the interval, and an end is an end."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from django.db import connection
from tests.asynchronous import run
from tests.monitoring.equipment import gate, register
from tests.monitoring.polling.agents import listen

from gatehouse.cli.monitor import run as command
from gatehouse.cli.monitor.recording import record
from gatehouse.kernel.clock import SystemClock
from gatehouse.monitoring.api import State, conditions_of
from gatehouse.monitoring.polling.config import Polling
from gatehouse.monitoring.polling.sweep import Sweep, sweep
from gatehouse.platform.actors import Actor

READER = Actor.system("test")


@pytest.mark.django_db
def test_what_was_found_holds_for_three_intervals() -> None:
    register(gate("S1"))

    async def swept() -> tuple[Polling, Sweep]:
        async with listen(1) as ((port, _),):
            polling = Polling.model_validate(
                {"interval_s": 10, "targets": [{"device": "S1", "host": "127.0.0.1", "port": port}]}
            )
            return polling, await sweep(polling, {}, clock=SystemClock())

    polling, found = run(swept())
    assert record(polling, found.polled, clock=SystemClock()) == []
    (condition,) = conditions_of(clock=SystemClock(), reader=READER)
    assert condition.state is State.UP
    assert condition.words[0].due_at - condition.words[0].heard_at == timedelta(seconds=30)


@pytest.mark.django_db(transaction=True)
def test_a_change_is_entered_and_it_ends_when_it_is_told_to(capsys: pytest.CaptureFixture[str]) -> None:
    register(gate("S1"))

    async def work() -> None:
        async with listen(1) as ((port, agent),):
            targets = [{"device": "S1", "host": "127.0.0.1", "port": port, "interfaces": [1]}]
            polling = Polling.model_validate({"interval_s": 0.2, "timeout_s": 0.2, "targets": targets})
            stop = asyncio.Event()
            running = asyncio.create_task(command.sweep_until(stop, polling))
            for wanted in (State.UP, State.DOWN):
                agent.oper = 1 if wanted is State.UP else 2
                async with asyncio.timeout(10):
                    while await asyncio.to_thread(_state) is not wanted:
                        await asyncio.sleep(0.05)
            stop.set()
            async with asyncio.timeout(10):
                await running

    run(work())
    assert [line.split()[1:] for line in capsys.readouterr().out.splitlines()] == [["S1", "up"], ["S1", "down"]]


def _state() -> State:
    try:
        (condition,) = conditions_of(clock=SystemClock(), reader=READER)
        return condition.state
    finally:
        connection.close()

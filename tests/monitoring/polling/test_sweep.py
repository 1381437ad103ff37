"""Sweeps over simulated devices: what changed, what is silent, what was restarted."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import Any

from tests.asynchronous import run
from tests.monitoring.polling.agents import Agent, listen

from gatehouse.kernel.clock import FixedClock
from gatehouse.monitoring.domain.states import State
from gatehouse.monitoring.polling.config import Polling
from gatehouse.monitoring.polling.sweep import Known, Sweep, sweep

CLOCK = FixedClock(datetime(2026, 11, 26, 3, tzinfo=UTC))


def polling(agents: list[tuple[int, Agent]], **facts: Any) -> Polling:
    targets = [
        {"device": f"S{number}", "host": "127.0.0.1", "port": port, "interfaces": [1, 2]}
        for number, (port, _) in enumerate(agents, 1)
    ]
    return Polling.model_validate({"timeout_s": 0.5, "retries": 0, "targets": targets, **facts})


def states(found: Sweep) -> list[tuple[str, State]]:
    return [(each.device, each.state) for each in found.changes]


def known(found: Sweep) -> dict[str, Known]:
    return {each.device: each.known for each in found.polled}


def test_the_first_time_everything_is_a_change_and_then_only_what_changed() -> None:
    async def work() -> None:
        async with listen(3) as agents:
            first = await sweep(polling(agents), {}, clock=CLOCK)
            assert states(first) == [("S1", State.UP), ("S2", State.UP), ("S3", State.UP)]
            assert first.answered == 3
            second = await sweep(polling(agents), known(first), clock=CLOCK)
            assert states(second) == []
            agents[0][1].oper = 2
            agents[1][1].silent = True
            third = await sweep(polling(agents), known(second), clock=CLOCK)
            assert states(third) == [("S1", State.DOWN), ("S2", State.UNKNOWN)]
            assert third.answered == 2
            assert third.polled[0].detail["interfaces"] == {"watched": 2, "faulty": [1, 2]}
            assert "trouble" in third.polled[1].detail
            agents[0][1].oper, agents[1][1].silent = 1, False
            again = await sweep(polling(agents), known(third), clock=CLOCK)
            assert states(again) == [
                ("S1", State.UP),
                ("S2", State.UP),
            ]

    run(work())


def test_a_device_that_answers_nonsense_is_unknown_and_costs_the_others_nothing() -> None:
    async def work() -> None:
        async with listen(2) as agents:
            agents[0][1].talks = True
            found = await sweep(polling(agents), {}, clock=CLOCK)
            assert states(found) == [("S1", State.UNKNOWN), ("S2", State.UP)]
            assert found.answered == 1
            assert found.polled[0].detail == {"trouble": "an answer is no number"}

    run(work())


def test_an_interface_that_is_switched_off_is_no_fault() -> None:
    async def work() -> None:
        async with listen(1) as agents:
            agents[0][1].admin = agents[0][1].oper = 2
            found = await sweep(polling(agents), {}, clock=CLOCK)
            assert states(found) == [("S1", State.UP)]

    run(work())


def test_a_device_that_began_anew_was_restarted() -> None:
    async def work() -> None:
        async with listen(1) as agents:
            agents[0][1].began -= 3600
            first = await sweep(polling(agents), {}, clock=CLOCK)
            assert first.polled[0].restarted is False
            agents[0][1].began = time.monotonic()
            second = await sweep(polling(agents), known(first), clock=CLOCK)
            assert (second.polled[0].restarted, second.polled[0].detail["restarted"]) == (True, True)
            assert second.changes == ()

    run(work())


def test_the_silent_cost_their_own_time_and_nobody_elses() -> None:
    async def work() -> None:
        async with listen(200) as agents:
            for _, agent in agents[::4]:
                agent.silent = True
            found = await sweep(polling(agents), {}, clock=CLOCK)
            assert found.answered == 150
            assert {each.state for each in found.polled[::4]} == {State.UNKNOWN}
            # Fifty silent ones one after the other would take 25 s.
            assert found.seconds < 12

    run(work())


def test_a_port_where_nobody_listens_and_a_name_that_nobody_has_are_unknown() -> None:
    async def work() -> None:
        found = await sweep(
            Polling.model_validate(
                {"timeout_s": 0.2, "retries": 0, "targets": [{"device": "A", "host": "127.0.0.1", "port": 9}]}
            ),
            {},
            clock=CLOCK,
        )
        assert states(found) == [("A", State.UNKNOWN)]
        assert found.answered == 0

    run(work())

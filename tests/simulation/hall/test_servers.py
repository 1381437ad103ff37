"""The line before lanes and desks, beside what queueing theory says of it."""

from __future__ import annotations

from collections.abc import Generator
from math import factorial
from random import Random

import pytest
from simpy import Environment, Event

from gatehouse.simulation.hall.servers import Servers


def erlang_c_wait(rate: float, mean: float, places: int) -> float:
    """Mean seconds of waiting in M/M/c (Erlang 1917)."""
    load = rate * mean
    last = load**places / factorial(places) * places / (places - load)
    waiting = last / (sum(load**k / factorial(k) for k in range(places)) + last)
    return waiting * mean / (places - load)


def served(env: Environment, servers: Servers, takes: float) -> Generator[Event, None, None]:
    yield servers.joined()
    yield env.timeout(takes)
    servers.leave()


@pytest.mark.parametrize("places", [1, 3, 8])
def test_the_mean_wait_is_that_of_erlang(places: int) -> None:
    rng, env, mean = Random(places), Environment(), 45.0
    rate = 0.8 * places / mean
    servers = Servers(env, places, mean)

    def coming() -> Generator[Event, None, None]:
        for _ in range(150_000):
            yield env.timeout(rng.expovariate(rate))
            env.process(served(env, servers, rng.expovariate(1 / mean)))

    env.process(coming())
    env.run()
    waits = [waited for _, waited in servers.waits]
    assert len(waits) == 150_000
    assert sum(waits) / len(waits) == pytest.approx(erlang_c_wait(rate, mean, places), rel=0.1)


def test_seconds_waited_are_person_seconds_in_the_line() -> None:
    env, rng = Environment(), Random(1)
    servers = Servers(env, 2, 10)

    def coming() -> Generator[Event, None, None]:
        for _ in range(500):
            yield env.timeout(rng.uniform(0, 9))
            env.process(served(env, servers, rng.uniform(1, 20)))

    env.process(coming())
    env.run()
    assert servers.in_line == pytest.approx(sum(waited for _, waited in servers.waits))
    assert servers.longest > 2


def test_first_come_first_served_by_hand() -> None:
    env = Environment()
    servers = Servers(env, 1, 10)
    for _ in range(3):
        env.process(served(env, servers, 10))
    env.run()
    assert servers.waits == [(0, 0), (0, 10), (0, 20)]
    assert (servers.longest, servers.in_line, servers.taken) == (2, 30, 30)


def test_a_place_that_closes_serves_to_the_end_and_one_that_opens_takes_the_next() -> None:
    env = Environment()
    servers = Servers(env, 1, 10)
    for _ in range(3):
        env.process(served(env, servers, 10))

    def rota() -> Generator[Event, None, None]:
        yield env.timeout(5)
        servers.open(0)
        yield env.timeout(20)
        servers.open(2)

    env.process(rota())
    env.run()
    assert servers.waits == [(0, 0), (0, 25), (0, 25)]


def test_what_somebody_who_joins_would_guess() -> None:
    env = Environment()
    servers = Servers(env, 2, 10)
    assert servers.expected_wait() == 0
    for _ in range(3):
        env.process(served(env, servers, 10))
    env.run(until=1)
    assert servers.expected_wait() == 10
    servers.open(0)
    assert servers.expected_wait() == float("inf")

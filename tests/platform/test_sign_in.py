from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from gatehouse.kernel.clock import FixedClock
from gatehouse.kernel.errors import RefusedError
from gatehouse.platform.models import SignInTry
from gatehouse.platform.sign_in import sign_in_try, sign_in_unlock
from gatehouse.platform.throttle import wait_after

BEGIN = datetime(2026, 11, 26, 3, tzinfo=UTC)


def test_the_wait_doubles_from_fifteen_seconds_to_fifteen_minutes() -> None:
    waits = {tries: wait_after(tries).total_seconds() for tries in (0, 4, 5, 6, 7, 10, 11, 10_000)}
    assert waits == {0: 0, 4: 0, 5: 15, 6: 30, 7: 60, 10: 480, 11: 900, 10_000: 900}


@pytest.mark.django_db
def test_a_try_that_comes_too_soon_is_refused_and_not_counted() -> None:
    clock = FixedClock(BEGIN)
    for _ in range(5):
        sign_in_try(clock=clock, username="chen")
    clock.moment = BEGIN + timedelta(seconds=14.9)
    with pytest.raises(RefusedError, match="Try again in 1 min"):
        sign_in_try(clock=clock, username=" CHEN")
    sign_in_try(clock=clock, username="lin")
    assert SignInTry.objects.count() == 6
    clock.moment = BEGIN + timedelta(seconds=15)
    sign_in_try(clock=clock, username="chen")
    assert SignInTry.objects.count() == 7


@pytest.mark.django_db
def test_tries_are_forgotten_after_an_hour_or_by_an_operator() -> None:
    clock = FixedClock(BEGIN)
    for _ in range(5):
        sign_in_try(clock=clock, username="chen")
    assert (sign_in_unlock(username="chen"), sign_in_unlock(username="chen")) == (5, 0)
    sign_in_try(clock=clock, username="chen")
    clock.moment = BEGIN + timedelta(hours=1, seconds=1)
    sign_in_try(clock=clock, username="lin")
    assert SignInTry.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_many_at_once_are_as_many_as_one_after_the_other() -> None:
    def one(_: int) -> bool:
        try:
            sign_in_try(clock=FixedClock(BEGIN), username="chen")
        except RefusedError:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(8) as threads:
        assert sum(threads.map(one, range(24))) == 5
    assert SignInTry.objects.count() == 5

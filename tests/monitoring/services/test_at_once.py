"""A month published while somebody records: a row counts in it or came later, and which of both never changes."""

from __future__ import annotations

from datetime import date
from functools import partial
from itertools import pairwise

import pytest
from tests.concurrency import at_once
from tests.monitoring.equipment import CLOCK, COLLEAGUE, counted, record, register, said

from gatehouse.monitoring.api import month_publish
from gatehouse.monitoring.domain.states import State
from gatehouse.monitoring.models import MonthPublication, StateInterval

pytestmark = pytest.mark.django_db(transaction=True)


def publish(month: date) -> None:
    month_publish(clock=CLOCK, actor=COLLEAGUE, month=month)


def test_what_was_published_is_counted_the_same_for_ever() -> None:
    register()
    for number in range(1, 4):
        month = date(2023, number, 1)
        days = [f"2023-{number:02}-{day:02}T00:00" for day in range(1, 9)]
        rows = [said(State.DOWN, start, end, source=start) for start, end in pairwise(days)]
        at_once(*[partial(record, row) for row in rows], partial(publish, month))
        # All have committed: what the publication names is what it counts, and nothing slipped in below it.
        through = MonthPublication.objects.get(month=month).through_interval
        before = StateInterval.objects.filter(
            start__month__lte=number, id__lte=through, source__contains=f"-{number:02}-"
        )
        [found] = counted((month, date(2023, number, 28))).months
        assert found.counted.buckets[State.DOWN] == before.count() * 86_400_000
        assert found.now.buckets[State.DOWN] == 7 * 86_400_000


def test_one_record_sent_by_eight_at_once_is_kept_once() -> None:
    register()
    rows = [said(State.UP, f"2023-01-{day:02}T00:00", f"2023-01-{day + 1:02}T00:00") for day in range(1, 20)]
    got = at_once(*[lambda: record(*rows)] * 8)
    assert sum(got) == len(rows)
    assert StateInterval.objects.count() == len(rows)

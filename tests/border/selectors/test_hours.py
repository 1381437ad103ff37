"""Crossings by the hour: what is on record one by one, and never a tally spread over hours that nobody saw."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from tests.border import desk
from tests.border.selectors.test_passages import STATISTICIAN, at_a_desk, record, tally, through_a_gate

from gatehouse.border.api import Channel, HourlyCrossings, crossing_correct, crossings_per_hour
from gatehouse.kernel.errors import ForbiddenError
from gatehouse.platform.actors import Actor

pytestmark = pytest.mark.django_db
MAY_1 = (date(2023, 5, 1), date(2023, 5, 1))
MAY = (date(2023, 5, 1), date(2023, 5, 31))


def counted(channel: Channel, period: tuple[date, date] = MAY_1, reader: Actor = STATISTICIAN) -> HourlyCrossings:
    return crossings_per_hour(channel, period, clock=desk.clock(), reader=reader, profile=desk.TW)


def at(hour: int) -> datetime:
    return datetime(2023, 5, 1, hour, tzinfo=UTC)


def test_an_hour_counts_who_crossed_in_it_through_the_channel() -> None:
    for number, moment in enumerate(
        # The day begins at 16:00 UTC in Taipei: the first of these is of the day before.
        ("2023-04-30T15:59:59", "2023-04-30T16:00:00", "2023-05-01T01:00:00", "2023-05-01T01:59:59", "2023-05-01T02:00")
    ):
        through_a_gate(number, moment)
    at_a_desk()
    found = counted(Channel.EGATE)
    first = datetime(2023, 4, 30, 16, tzinfo=UTC)
    assert [(each.start, each.end - each.start, each.travellers) for each in found.by_port["TPE"]] == [
        (first, timedelta(hours=1), 1),
        (at(1), timedelta(hours=1), 2),
        (at(2), timedelta(hours=1), 1),
    ]
    assert (found.by_port["KHH"], found.not_counted) == ((), ())
    assert (found.evidence.records, found.evidence.query) == (4, {"channel": "egate"})
    assert [each.travellers for each in counted(Channel.DESK).by_port["TPE"]] == [1]
    assert counted(Channel.EGATE).evidence.digest == found.evidence.digest
    through_a_gate(9, "2023-05-01T03:00")
    assert counted(Channel.EGATE).evidence.digest != found.evidence.digest


def test_a_void_crossing_is_nobody_who_came() -> None:
    crossing = through_a_gate(1, "2023-05-01T01:00")
    crossing_correct(
        clock=desk.clock(), officer=desk.SUPERVISOR, crossing=crossing, reason="turned back", void=True, profile=desk.TW
    )
    assert counted(Channel.EGATE).by_port["TPE"] == ()


def test_a_month_of_tallies_is_not_counted_by_the_hour() -> None:
    record(tally(700, channel=Channel.EGATE))
    found = counted(Channel.EGATE, MAY)
    assert found.not_counted == (date(2023, 5, 1),)
    assert set(found.by_port.values()) == {()}
    assert counted(Channel.EGATE, (date(2023, 6, 1), date(2023, 6, 30))).not_counted == ()


def test_who_may_not_read_figures_is_told_none() -> None:
    with pytest.raises(ForbiddenError):
        counted(Channel.EGATE, reader=desk.INSPECTOR)

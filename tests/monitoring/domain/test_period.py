from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatehouse.kernel.errors import UnreadableError
from gatehouse.monitoring.domain.period import Period, microseconds, moment


@pytest.mark.parametrize(
    "text",
    [
        "2023-01-01T00:00:00Z",
        "2023-01-01T08:00:00+08:00",
        "20230101T000000Z",
        "2022-12-31T24:00:00Z",
        "2022-12-31T24:00Z",
        "2022-12-31T19:00:00.000-05:00",
        "2022-12-31T23:59:60Z",  # a leap second is the first moment after, as for every clock that counts from 1970
        "2023-01-01T07:59:60+08:00",
    ],
)
def test_forms_of_iso_8601(text: str) -> None:
    assert moment(text) == 1_672_531_200_000_000


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no date and time"),
        ("yesterday", "no date and time"),
        ("2023-02-30T00:00Z", "no date and time"),
        ("2023-01-01T24:01Z", "no date and time"),
        ("9999-12-31T24:00Z", "no date and time"),
        ("2023-01-01T00:00:00", "has no time zone"),
        ("2023-01-01", "has no time zone"),
        ("2023-01-01T24:00", "has no time zone"),
        ("1672531200", "no date and time"),
    ],
)
def test_what_is_none(text: str, said: str) -> None:
    with pytest.raises(UnreadableError, match=said):
        moment(text)


@given(st.datetimes(timezones=st.timezones()) | st.datetimes(timezones=st.just(UTC)))
def test_no_microsecond_is_lost(at: datetime) -> None:
    exactly = at.replace(microsecond=at.microsecond)
    assert moment(exactly.isoformat()) == microseconds(at)


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        moment(text)
    except UnreadableError:
        return


def test_a_period() -> None:
    period = Period.parse("2023-01-01T00:00:00.0009Z/2023-01-01T08:00:01+08:00")
    assert (period.start, period.length) == (1_672_531_200_000, 1000)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2023-01-01T00:00Z", "is not START/END"),
        ("2023-01-01/2024-01-01", "has no time zone"),
        ("2023-01-01T00:00Z/P1Y", "no date and time"),
        ("2023-01-01T00:00Z/2023-01-01T00:00Z", "or has no length"),
        ("2023-01-01T00:00Z/2022-01-01T00:00Z", "ends before it begins"),
        ("0001-01-01T00:00Z/2022-01-01T00:00Z", "between the years 1900 and 2200"),
        ("2022-01-01T00:00Z/9999-12-31T00:00Z", "between the years 1900 and 2200"),
    ],
)
def test_what_is_no_period(text: str, said: str) -> None:
    with pytest.raises(UnreadableError, match=said):
        Period.parse(text)

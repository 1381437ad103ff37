from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.monitoring.domain.brute_force import within

from gatehouse.kernel.errors import UnreadableError
from gatehouse.monitoring.domain.period import Period
from gatehouse.monitoring.domain.service_hours import ServiceHours

HOUR = 3_600_000
MINUTE = 60_000


def served(hours: str, start: str, days: int, zone: str) -> float:
    """Hours served of so many days from a midnight in the zone."""
    begins = datetime.fromisoformat(start).replace(tzinfo=ZoneInfo(zone))
    period = Period.between(begins, begins + timedelta(days=days))
    return sum(end - start for start, end in ServiceHours.parse(hours).served(period)) / HOUR


@pytest.mark.parametrize(
    ("hours", "asked"),
    [
        ("Mon-Sun 05:00-24:00 Asia/Taipei", 7 * 19),
        ("mon-sun 05:00-24:00 Asia/Taipei", 7 * 19),
        ("Mon-Fri 05:00-24:00; Sat-Sun 06:00-22:00 Asia/Taipei", 5 * 19 + 2 * 16),
        ("Mon-Fri 05:00-24:00 Asia/Taipei; Sat-Sun 06:00-22:00 Asia/Tokyo", 5 * 19 + 2 * 16),
        ("Mon,Wed 08:00-12:00,13:00-17:00 Asia/Taipei", 2 * 8),
        ("Sat-Mon 00:00-24:00 Asia/Taipei", 3 * 24),
        ("Mon-Sun 22:00-02:00 Asia/Taipei", 7 * 4),
        ("Mon 08:00-12:00, Mon 10:00-14:00 Asia/Taipei", 6),  # united, not added up
        ("Tue 22:00-24:00, Wed 00:00-02:00 Asia/Taipei", 4),
    ],
)
def test_the_hours_of_a_week(hours: str, asked: float) -> None:
    assert served(hours, "2023-05-01", 7, "Asia/Taipei") == asked


@pytest.mark.parametrize(
    ("hours", "day", "zone", "asked"),
    [
        ("Mon-Sun 00:00-24:00 America/New_York", "2022-03-13", "America/New_York", 23),
        ("Mon-Sun 00:00-24:00 America/New_York", "2022-11-06", "America/New_York", 25),
        ("Mon-Sun 05:00-24:00 America/New_York", "2022-03-13", "America/New_York", 19),
        ("Mon-Sun 01:00-04:00 America/New_York", "2022-03-13", "America/New_York", 2),
        ("Mon-Sun 01:00-04:00 America/New_York", "2022-11-06", "America/New_York", 4),
        ("Mon-Sun 02:15-02:45 America/New_York", "2022-03-13", "America/New_York", 0),  # a time that never came
        ("Mon-Sun 00:00-24:00 Australia/Lord_Howe", "2022-10-02", "Australia/Lord_Howe", 23.5),
    ],
)
def test_days_on_which_the_clock_is_turned(hours: str, day: str, zone: str, asked: float) -> None:
    assert served(hours, day, 1, zone) == asked


@given(
    st.sampled_from(["America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "Asia/Taipei", "UTC"]),
    st.integers(0, 1439),
    st.integers(0, 1440),
    st.sampled_from(["Mon-Sun", "Sun", "Sat,Mon", "Fri-Sun"]),
    st.integers(0, 52),
)
def test_each_minute_is_judged_as_the_clock_on_the_wall_says(
    zone: str, start: int, end: int, days: str, week: int
) -> None:
    if start == end:
        end += 1
    times = "-".join(f"{minute // 60:02}:{minute % 60:02}" for minute in (start, end))
    hours = ServiceHours.parse(f"{days} {times} {zone}")
    begins = datetime(2022, 1, 1, 7, 13, tzinfo=ZoneInfo("UTC")) + timedelta(weeks=week)
    period = Period.between(begins, begins + timedelta(days=3))
    spans = hours.served(period)
    minutes = [at for at in range(period.start, period.end, MINUTE) if within(at * 1000, hours)]
    assert minutes == [at for span in spans for at in range(*span, MINUTE)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "cannot be read at ''"),
        ("Mon-Sun 05:00-24:00", "name no time zone"),
        ("Mon-Fri 05:00-24:00 Asia/Taipei; Sat 06:00-12:00", "name no time zone"),
        ("Mon-Sun 05:00-24:00 Asia/Atlantis", "no time zone 'Asia/Atlantis'"),
        ("Mon-Sun 05:00-24:00 Asia", "no time zone 'Asia'"),
        ("Mon-Sun 05:00-24:00 ../../etc/passwd", "no time zone"),
        ("Mon-Sun 05:00-24:30 UTC", "are no hours of a day"),
        ("Mon-Sun 24:00-05:00 UTC", "are no hours of a day"),
        ("Mon-Sun 05:00-05:00 UTC", "are no hours of a day"),
        ("Mon-Sun 5-24 UTC", "cannot be read at '5-24'"),
        ("Mon-Sun UTC", "cannot be read at 'UTC'"),
        ("05:00-24:00 UTC", "cannot be read at '05:00-24:00'"),
        ("Mon-Sun 05:00-24:00 UTC UTC", "cannot be read at 'UTC'"),
        ("Mon 05:00-24:00 UTC Tue", "end with days that have no hours"),
        ("Lundi 05:00-24:00 UTC", "cannot be read at 'Lundi'"),
    ],
)
def test_what_cannot_be_read_is_said(text: str, said: str) -> None:
    with pytest.raises(UnreadableError, match=said):
        ServiceHours.parse(text)

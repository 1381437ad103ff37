from __future__ import annotations

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatehouse.kernel.errors import UnreadableError
from gatehouse.monitoring.domain.availability import Interval
from gatehouse.monitoring.domain.intervals_csv import COLUMNS, LONGEST_LINE, read_intervals
from gatehouse.monitoring.domain.states import State

NAMES = ",".join(COLUMNS)
GOOD = "g1,1970-01-01T00:00:01Z,1970-01-01T00:00:02Z,up,probe,1970-01-01T00:00:03Z"
READ = Interval("g1", 1_000_000, 2_000_000, State.UP, "probe", 3_000_000)


def read(text: str | bytes) -> list[Interval]:
    return list(read_intervals(BytesIO(text.encode() if isinstance(text, str) else text)))


@pytest.mark.parametrize(
    "text",
    [
        f"{NAMES}\n{GOOD}\n",
        f"{NAMES}\r\n{GOOD}\r\n\r\n",
        f"\ufeff{NAMES}\n{GOOD}",
        f'"device", start ,end,state,source,received_at\n{GOOD.replace(",up,", ", up ,")}\n',
        f"note,{NAMES}\nx,{GOOD}\n",
        ",".join(COLUMNS[::-1]) + "\n" + ",".join(GOOD.split(",")[::-1]),
    ],
)
def test_a_row_however_it_is_written(text: str) -> None:
    assert read(text) == [READ]


def test_an_empty_end_is_still_open_and_names_without_rows_are_no_rows() -> None:
    assert read(f"{NAMES}\ng1,1970-01-01T00:00:01Z,,up,probe,1970-01-01T00:00:03Z")[0].end is None
    assert read(NAMES) == []


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("g1,1970-01-01T00:00:01,,up,probe,1970-01-01T00:00:03Z", "'1970-01-01T00:00:01' has no time zone"),
        ("g1,1970-01-01T00:00:01Z,,up,probe,", "'' is no date and time"),
        ("g1,,,up,probe,1970-01-01T00:00:03Z", "'' is no date and time"),
        ("g1,1970-01-01T00:00:02Z,1970-01-01T00:00:01Z,up,p,1970-01-01T00:00:03Z", "it ends before it starts"),
        ("g1,1970-01-01T00:00:01Z,,broken,probe,1970-01-01T00:00:03Z", "'broken' is none of up, degraded, down"),
        ("g1,1970-01-01T00:00:01Z,,,probe,1970-01-01T00:00:03Z", "'' is none of up"),
        (",1970-01-01T00:00:01Z,,up,probe,1970-01-01T00:00:03Z", "the device or the source is not named"),
        ("g1,1970-01-01T00:00:01Z,,up,,1970-01-01T00:00:03Z", "the device or the source is not named"),
        ("g1,1970-01-01T00:00:01Z,,up,probe", "it has 5 fields of 6"),
        ("g1,1970-01-01T00:00:01Z,,up,probe,1970-01-01T00:00:03Z,", "it has 7 fields of 6"),
        ('g1,"1970', "unexpected end of data"),
        ('"g"1,', "',' expected after"),
        ("g" * (LONGEST_LINE + 1), "a line is longer than 64 KiB"),
    ],
)
def test_a_row_that_cannot_be_read_is_named(row: str, said: str) -> None:
    with pytest.raises(UnreadableError) as raised:
        read(f"{NAMES}\n{GOOD}\n\n{row}")
    assert str(raised.value).startswith("row 2 (line 4): ")
    assert said in str(raised.value)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "see device, start, end, state, source, received_at"),
        (GOOD.encode(), "the first line names each column once"),
        (b"device,start,end,state,source\n", "see received_at"),
        (f"{NAMES},device\n".encode(), "see device"),
        (NAMES.encode("utf-16"), "this is no text in UTF-8"),
        (b'"device', "the names of the columns cannot be read"),
    ],
)
def test_names_that_cannot_be_read(data: bytes, said: str) -> None:
    with pytest.raises(UnreadableError, match=said):
        read(data)


def test_another_encoding_is_named_with_its_row() -> None:
    with pytest.raises(UnreadableError, match=r"row 1 \(line 2\): this is no text in UTF-8"):
        read(NAMES.encode() + "\n閘門".encode("big5"))


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    for text in (data, f"{NAMES}\n".encode() + data):
        try:
            read(text)
        except UnreadableError:
            continue


def test_what_a_file_says_of_itself_before_the_names_is_left_out_and_nothing_later() -> None:
    assert read(f"# Made up.\n# By hand.\n{NAMES}\n{GOOD}\n") == [READ]
    assert read(f"# Made up.\n{NAMES}\n# {GOOD}\n")[0].device == "# g1"

"""Intervals as a file: device,start,end,state,source,received_at. A row that cannot be read is named."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from operator import itemgetter
from typing import BinaryIO

from gatehouse.kernel.errors import UnreadableError
from gatehouse.monitoring.domain.availability import Interval
from gatehouse.monitoring.domain.period import moment
from gatehouse.monitoring.domain.states import State

COLUMNS = ("device", "start", "end", "state", "source", "received_at")
#: Longer than any row of six short fields: a file without line ends is not read into memory.
LONGEST_LINE = 64 * 1024
_STATES = {state.value: state for state in State}

_Cells = Callable[[Sequence[str]], tuple[str, ...]]


class IntervalRows:
    """The rows of a file in UTF-8 whose first line names the columns, in any order; others are left aside.

    Read as a stream; `line` is the one that was read last. Raises `UnreadableError` that names the row, counted from 1
    below the names, and its line.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._lines = _Lines(stream)

    @property
    def line(self) -> int:
        return self._lines.number

    def __iter__(self) -> Iterator[Interval]:
        rows = csv.reader(iter(self._lines), strict=True)
        cells, width = _columns(rows)
        read = 0
        try:
            for row in filter(None, rows):
                if len(row) != width:
                    raise UnreadableError("it has %(found)d fields of %(named)d", found=len(row), named=width)
                interval = _interval(map(str.strip, cells(row)))
                read += 1
                yield interval
        except (csv.Error, UnreadableError) as error:
            cause = error.reason if isinstance(error, UnreadableError) else str(error)
            raise UnreadableError(
                "row %(row)d (line %(line)d): %(cause)s", row=read + 1, line=self.line, cause=cause
            ) from error


def read_intervals(stream: BinaryIO) -> Iterator[Interval]:
    """As `IntervalRows`, for those who need no line."""
    return iter(IntervalRows(stream))


class _Lines:
    """The lines of a file as text, and how many of them were read. Those before the names that begin with # are left
    out: a file may say at its head what it is.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.number = 0

    def __iter__(self) -> Iterator[str]:
        begun = False
        while line := self._stream.readline(LONGEST_LINE + 1):
            self.number += 1
            if len(line) > LONGEST_LINE:
                raise UnreadableError("a line is longer than %(kib)d KiB", kib=LONGEST_LINE // 1024)
            try:
                text = line.decode("utf-8-sig" if self.number == 1 else "utf-8")
            except UnicodeDecodeError as error:
                raise UnreadableError("this is no text in UTF-8") from error
            if begun or not text.startswith("#"):
                begun = True
                yield text


def _columns(rows: Iterator[list[str]]) -> tuple[_Cells, int]:
    """What takes the six cells out of a row, and how many a row has. Raises `UnreadableError`."""
    try:
        names = [name.strip() for name in next(rows, [])]
    except csv.Error as error:
        raise UnreadableError("the names of the columns cannot be read: %(cause)s", cause=str(error)) from error
    unfit = [name for name in COLUMNS if names.count(name) != 1]
    if unfit:
        raise UnreadableError(
            "the first line names each column once: %(columns)s; see %(unfit)s",
            columns=",".join(COLUMNS),
            unfit=", ".join(unfit),
        )
    return itemgetter(*map(names.index, COLUMNS)), len(names)


def _interval(cells: Iterable[str]) -> Interval:
    device, start, end, state, source, received_at = cells
    if not device or not source:
        raise UnreadableError("the device or the source is not named")
    known = _STATES.get(state)
    if known is None:
        raise UnreadableError("%(state)s is none of %(known)s", state=repr(state[:64]), known=", ".join(_STATES))
    begins, ends = moment(start), moment(end) if end else None
    if ends is not None and ends < begins:
        raise UnreadableError("it ends before it starts")
    return Interval(device, begins, ends, known, source, moment(received_at))

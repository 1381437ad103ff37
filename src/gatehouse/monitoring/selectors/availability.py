"""How much of a period the devices of a class could serve, from the ledger as it stands."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any

from gatehouse.kernel.clock import Clock
from gatehouse.kernel.figure import digest_of
from gatehouse.monitoring.domain.amendments import amended
from gatehouse.monitoring.domain.assets import AssetClass
from gatehouse.monitoring.domain.availability import DEFINITION, VERSION, Account, Interval, availability
from gatehouse.monitoring.domain.period import EPOCH, Period
from gatehouse.monitoring.domain.states import State
from gatehouse.monitoring.selectors.hours import agreed_hours, within_hours
from gatehouse.monitoring.selectors.ledger import Ledger, Line, Through, read_ledger
from gatehouse.monitoring.selectors.months import by_month, midnight
from gatehouse.platform.actors import Actor

#: How many rows are shown of those that were counted.
_SHOWN = 20


@dataclass(frozen=True, slots=True)
class MonthAccount:
    """One month. `counted` is what it was published with, where it was; `now` is with all that is on record."""

    month: date
    published: bool
    counted: Account
    now: Account


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the ledger, as it is shown. `end` None while it lasts."""

    number: int
    device: str
    start: datetime
    end: datetime | None
    state: State
    source: str


@dataclass(frozen=True, slots=True)
class Availability:
    """The account of the devices of a class that were in service in the period, with what it was read from.

    Published months count as they were published; `now` counts all that is on record, so it differs where something
    was received or amended later. `first` are the first rows with a device down.
    """

    asset_class: AssetClass
    site: str | None
    period: tuple[date, date]
    as_of: datetime
    devices: Mapping[str, Account]
    total: Account
    now: Account
    months: tuple[MonthAccount, ...]
    digest: str
    records: int
    #: How many of the records are of devices whose records were made up.
    reconstructed: int
    first: tuple[Row, ...]
    definition: str = DEFINITION
    version: int = VERSION


def availability_of(
    asset_class: AssetClass, period: tuple[date, date], *, clock: Clock, reader: Actor, site: str | None = None
) -> Availability:
    """The availability of a class over days, first and last included, in all or at one site; no device: no time.

    Devices count from their first day in service to the last, by the register; what no source says then is unknown.
    Raises `ForbiddenError`.
    """
    reader.require("monitoring.read")
    months = list(by_month(*period))
    whole = Period(months[0][1].start, months[-1][1].end)
    ledger = read_ledger(asset_class, whole, period, site)
    per_month = _split(ledger.lines, [piece for _, piece in months])
    counted: list[dict[str, Account]] = []
    accounts: list[MonthAccount] = []
    for (month, piece), lines in zip(months, per_month, strict=True):
        through = ledger.published.get(month)
        now = _accounts(ledger, piece, lines, None)
        then = now if through is None else _accounts(ledger, piece, lines, through)
        counted.append(then)
        total = Account.total(then.values())
        with_all = total if then is now else Account.total(now.values())
        accounts.append(MonthAccount(month, through is not None, total, with_all))
    read = list(_read(ledger, months, per_month))
    digest, records = digest_of(read)
    return Availability(
        asset_class=asset_class,
        site=site,
        period=period,
        as_of=clock.now(),
        devices={tag: Account.total(each[tag] for each in counted) for tag in ledger.devices},
        total=Account.total(each.counted for each in accounts),
        now=Account.total(each.now for each in accounts),
        months=tuple(accounts),
        digest=digest,
        records=records,
        reconstructed=sum(ledger.devices[row["device"]].reconstructed for row in read if "device" in row),
        first=tuple(islice(_down(ledger.lines), _SHOWN)),
    )


def _split(lines: list[Line], pieces: list[Period]) -> list[list[Line]]:
    """The lines that reach into each of the pieces, which follow each other."""
    starts = [piece.start * 1000 for piece in pieces]
    found: list[list[Line]] = [[] for _ in pieces]
    for line in lines:
        first = max(bisect_right(starts, line.said.start) - 1, 0)
        last = len(starts) if line.said.end is None else bisect_right(starts, line.said.end - 1)
        for piece in found[first:last]:
            piece.append(line)
    return found


def said_of(ledger: Ledger, piece: Period, lines: Iterable[Line], through: Through | None = None) -> list[Interval]:
    """What counts of the lines of a ledger over a piece of time: amended, and with what the register says."""
    devices, amendments = ledger.as_of(through)
    said: Iterable[Interval] = (line.said for line in lines if through is None or line.id <= through.interval)
    if amendments:
        said = amended(said, amendments)
    register = [interval for asset in devices for interval in asset.not_commissioned(piece, midnight)]
    # A device that nobody spoke of is still a device: an interval without length names it, and its time is unknown.
    named = [Interval(asset.tag, 0, 0, State.UNKNOWN, "register", 0) for asset in devices]
    return [*said, *register, *named]


def _accounts(ledger: Ledger, piece: Period, lines: list[Line], through: Through | None) -> dict[str, Account]:
    found: dict[str, list[Account]] = {}
    devices, said = list(ledger.devices.values()), said_of(ledger, piece, lines, through)
    for tag, account in within_hours(availability, said, devices, piece):
        found.setdefault(tag, []).append(account)
    return {tag: Account.total(accounts) for tag, accounts in found.items()}


def _read(ledger: Ledger, months: list[tuple[date, Period]], per_month: list[list[Line]]) -> Iterator[dict[str, Any]]:
    """What was counted, as plain rows: intervals, amendments, the register, agreed hours.

    Of a published month it is what was on record then.
    """
    seen: set[int] = set()
    through = [ledger.published.get(month) for month, _ in months]
    for lines, until in zip(per_month, through, strict=True):
        for id_, said in lines:
            if id_ not in seen and (until is None or id_ <= until.interval):
                seen.add(id_)
                yield {"interval": id_, **said._asdict()}
    for amendment in ledger.amendments:
        if any(until is None or amendment.id <= until.answer for until in through):
            yield {"amendment": amendment.id, **amendment._asdict()}
    for tag, numbers in ledger.statuses.items():
        for since, number in zip(ledger.devices[tag].history, numbers, strict=True):
            if any(until is None or number <= until.status for until in through):
                yield {"device": tag, "status": since.status, "since": since.day}
    for row in agreed_hours():
        if any(row.fits(asset) for asset in ledger.devices.values()):
            yield {"hours": row.hours, "since": row.since, "site": row.site, "hall": row.hall}


def _down(lines: list[Line]) -> Iterator[Row]:
    for id_, said in lines:
        if said.state is State.DOWN:
            end = None if said.end is None else _moment(said.end)
            yield Row(id_, said.device, _moment(said.start), end, said.state, said.source)


def _moment(at: int) -> datetime:
    return EPOCH + timedelta(microseconds=at)

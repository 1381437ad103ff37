"""What heartbeats, fault tickets and the plan of maintenance may have said of the devices in year 112."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from fractions import Fraction
from random import Random
from typing import NamedTuple
from zoneinfo import ZoneInfo

from gatehouse.monitoring.domain.availability import Account, Interval, availability
from gatehouse.monitoring.domain.period import Period, microseconds
from gatehouse.monitoring.domain.states import State
from year_112.assets import Asset

HEAD = """\
# What was said of the devices in year 112: a reconstruction for the reference year, written by
# scripts/reconstruct_112.py with a fixed seed. From the report (內政部移民署112年度施政績效報告, 貳二(一), (四)):
# the availability of workstations 99.95%, e-Gates 99.89%, network equipment 99.95% and the security platform 100%,
# all on the equipment in service. Made up: every row. Each device in service has heartbeats all the time (source
# heartbeat); of one in eight they are missing for some hours, which are unknown. Outages come as fault tickets
# (ticket), a quarter of them seen by a probe too, which overlaps: their time is united. Maintenance (maintenance)
# was registered a week before; what it overran, and what was registered afterwards, is down. One outage of each
# class has the length that makes its availability 99.9502%, 99.8902% and 99.9503%, so that the values are near what
# is printed.
"""
COLUMNS = ("device", "start", "end", "state", "source", "received_at")
ZONE = ZoneInfo("Asia/Taipei")
FROM, UNTIL = datetime(2023, 1, 1, tzinfo=ZONE), datetime(2024, 1, 1, tzinfo=ZONE)
PERIOD = Period(microseconds(FROM) // 1000, microseconds(UNTIL) // 1000)
MINUTE = timedelta(minutes=1)
#: By class: the availability, minutes of a usual outage, times of maintenance in the year.
CLASSES = {
    "workstation": (Fraction("0.999502"), 190, 0),
    "e_gate": (Fraction("0.998902"), 150, 2),
    "switch": (Fraction("0.999503"), 200, 1),
    "security_platform": (Fraction(1), 0, 3),
}


class Said(NamedTuple):
    device: str
    start: datetime
    end: datetime
    state: str
    source: str
    received_at: datetime


class Service(NamedTuple):
    """A device and the part of the year in which it was in service."""

    device: str
    start: datetime
    end: datetime


def text(register: list[Asset]) -> str:
    lot = Random(112)  # noqa: S311 - no secret: the same draw every time
    rows = [row for name in CLASSES for row in _of_class(name, list(_services(register, name)), lot)]
    lines = (",".join(each if isinstance(each, str) else _moment(each) for each in row) for row in rows)
    return HEAD + "\n".join((",".join(COLUMNS), *lines)) + "\n"


def _moment(at: datetime) -> str:
    return at.isoformat(timespec="minutes")


def _services(register: list[Asset], name: str) -> Iterator[Service]:
    for asset in register:
        if asset.asset_class == name and "in_service" in asset.days:
            begins = datetime(*asset.days["in_service"].timetuple()[:3], tzinfo=ZONE)
            left = asset.days.get("removed") or asset.days.get("under_legal_hold")
            ends = datetime(*left.timetuple()[:3], tzinfo=ZONE) if left else UNTIL
            yield Service(asset.tag, max(begins, FROM), min(ends, UNTIL))


def _of_class(name: str, services: list[Service], lot: Random) -> list[Said]:
    share, usual, works = CLASSES[name]
    rows = [row for service in services for row in _heartbeats(service, lot)]
    rows += [row for service in services for number in range(works) for row in _maintenance(service, number, lot)]
    if usual:
        rows += _outages(services, share, usual, rows, lot)
    return sorted(rows)


def _heartbeats(service: Service, lot: Random) -> Iterator[Said]:
    spans = [(service.start, service.end)]
    hours = lot.random() * 8 + 1
    if lot.random() < 1 / 8:
        hole = _minute(service.start + (service.end - service.start) * lot.random() * 0.9)
        spans = [(service.start, hole), (_minute(hole + timedelta(hours=hours)), service.end)]
    for start, end in spans:
        if start < end:
            yield Said(service.device, start, end, "up", "heartbeat", end)


def _maintenance(service: Service, number: int, lot: Random) -> Iterator[Said]:
    """At night, for two hours; one in fifty overran, and one in sixty was registered only afterwards."""
    day = (service.end - service.start) * ((number + 0.2 + 0.6 * lot.random()) / 3)
    start = (service.start + day).replace(hour=1, minute=0, second=0, microsecond=0)
    end, late = start + timedelta(hours=2), lot.random() < 1 / 60
    if start < service.start + timedelta(days=1) or end > service.end:
        return
    late = late and not service.device.startswith("SEC")
    over = lot.random() < 1 / 50 and not service.device.startswith("SEC")
    registered = end + timedelta(hours=6) if late else start - timedelta(days=7)
    yield Said(service.device, start, end, "planned", "maintenance", registered)
    until = end + timedelta(minutes=25) if over else end - timedelta(minutes=15)
    yield Said(service.device, start, until, "down", "ticket", until)


def _outages(services: list[Service], share: Fraction, usual: int, others: list[Said], lot: Random) -> list[Said]:
    """Tickets until the share of the class is reached; the last one is as long as it takes."""
    found: list[Said] = []
    while True:
        wanted = _missing(services, share, [*others, *found])
        if wanted <= usual * 6:
            break
        many = max(1, int(wanted / (usual * 1.6)))
        found += [row for _ in range(many) for row in _outage(services, usual, lot)]
    while wanted > 0:
        service = max(services, key=lambda each: each.end - each.start)
        start = _minute(service.start + (service.end - service.start) * (0.4 + 0.2 * lot.random()))
        end = start + wanted * MINUTE
        last = Said(service.device, start, end, "down", "ticket", end)
        if _missing(services, share, [*others, *found, last]) == 0:
            return [*found, last]
    raise SystemExit("the outages that were drawn are too long already: draw fewer at once")


def _outage(services: list[Service], usual: int, lot: Random) -> Iterator[Said]:
    service = services[int(lot.random() * len(services))]
    minutes = int(usual * (0.1 + 1.8 * lot.random()))
    room = service.end - service.start - timedelta(minutes=2 * minutes)
    start = _minute(service.start + room * lot.random())
    end = start + minutes * MINUTE
    yield Said(service.device, start, end, "down", "ticket", end)
    if lot.random() < 1 / 4:
        yield Said(service.device, start + 2 * MINUTE, end + 3 * MINUTE, "down", "probe", end + 3 * MINUTE)


def _missing(services: list[Service], share: Fraction, rows: list[Said]) -> int:
    """Whole minutes of outage that are missing until the availability of a class is its share."""
    said = [
        Interval(
            row.device,
            microseconds(row.start),
            microseconds(row.end),
            State(row.state),
            row.source,
            microseconds(row.received_at),
        )
        for row in [*rows, *(gap for service in services for gap in _gaps(service))]
    ]
    spent = Account.total(availability(said, PERIOD).values()).buckets
    agreed = spent[State.UP] + spent[State.DEGRADED] + spent[State.DOWN]
    return int(((1 - share) * agreed - spent[State.DOWN]) / 60_000)


def _gaps(service: Service) -> Iterator[Said]:
    for start, end in ((FROM, service.start), (service.end, UNTIL)):
        if start < end:
            yield Said(service.device, start, end, "not_commissioned", "register", start)


def _minute(at: datetime) -> datetime:
    return at.replace(second=0, microsecond=0)

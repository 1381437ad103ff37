"""Passages by month, port, direction, class and channel, and enrolments by month, as they may have been in year 112."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from random import Random
from typing import NamedTuple, TypeVar

PASSAGES_HEAD = """\
# Passages of year 112 by month: a reconstruction for the reference year, written by scripts/reconstruct_112.py with
# a fixed seed. From the report (內政部移民署112年度施政績效報告, 貳二(一)): 74.88% of the passages of nationals,
# and 50.83% of the departures of foreigners, were through e-Gates. From public statistics: departures of nationals
# in 2023, 11,795,834, of which March 736,283 and April 830,184; arrivals of visitors 6,486,951, of which March
# 486,171 and April 553,211; 82% of visitors by TPE. Made up: the other months (by the same weights for all ports);
# as many nationals come back in a month as leave, and as many visitors leave as arrive; the shares of the ports;
# e-Gates stand at TPE, TSA, KHH, RMQ and TW1ST only; 3% of foreigners arrive through one there; how the e-Gates'
# passages are divided over ports and months.
"""
ENROLMENTS_HEAD = """\
# Enrolments in the lane by month: a reconstruction for the reference year, written by scripts/reconstruct_112.py.
# From the report (內政部移民署112年度施政績效報告, 參一(一)1): 1,607,385 by the end of December 112; from the
# agency's news: begun on 2022-11-01. Made up: the months and the ports, by the passages of nationals where e-Gates
# of the 3rd generation stand.
"""
MONTHS = tuple(f"2023-{number:02}" for number in range(1, 13))
#: Weights of the months that no statistic gives; March and April are given.
WEIGHTS = (75, 72, 0, 0, 95, 105, 120, 117, 105, 115, 110, 115)
NATIONALS = (11_795_834, {2: 736_283, 3: 830_184})
FOREIGNERS = (6_486_951, {2: 486_171, 3: 553_211})
#: Of a thousand passages.
PORTS = {
    "nationals": {"TPE": 790, "KHH": 92, "TSA": 46, "RMQ": 40, "TW1ST": 24, "TNN": 3, "TWKEL": 3, "TW1FO": 2},
    "foreigners": {"TPE": 820, "KHH": 88, "TSA": 48, "RMQ": 24, "TWKEL": 14, "TW1ST": 4, "TNN": 2},
}
#: How readily people take a gate, against each other.
READY = {"TPE": 1.0, "KHH": 0.97, "TSA": 1.02, "RMQ": 0.93, "TW1ST": 0.8}
SHARE = {("nationals", "entry"): 74_88, ("nationals", "exit"): 74_88, ("foreigners", "exit"): 50_83}
ENROLLED = 1_607_385
#: The first two months, of a thousand of all.
BEGINNING = {"2022-11": 28, "2022-12": 44}

Key = TypeVar("Key")


class Row(NamedTuple):
    month: str
    port: str
    direction: str
    who: str
    channel: str
    passages: int
    source: str
    reconstructed: str = "true"


def passages_text() -> str:
    names = "month,port,direction,who,channel,count,source,reconstructed"
    return PASSAGES_HEAD + "\n".join((names, *(",".join(map(str, row)) for row in _passages()))) + "\n"


def enrolments_text() -> str:
    months = {**BEGINNING, **dict(zip(MONTHS, _months(NATIONALS, 928), strict=True))}
    ports = {port: many for port, many in PORTS["nationals"].items() if port in READY}
    weights = {(month, port): part * many for month, part in months.items() for port, many in ports.items()}
    rows = (
        f"{month},{port},lane,{count},112年度施政績效報告 參一(一)1,true"
        for (month, port), count in _divided(ENROLLED, weights).items()
    )
    return ENROLMENTS_HEAD + "\n".join(("month,port,place,count,source,reconstructed", *rows)) + "\n"


def _months(given: tuple[int, Mapping[int, int]], total: int | None = None) -> list[int]:
    """The months of a year's count; scaled to another total where one is given."""
    whole, known = given
    rest = _divided(whole - sum(known.values()), {number: each for number, each in enumerate(WEIGHTS) if each})
    counts = [{**known, **rest}[number] for number in range(12)]
    return counts if total is None else list(_divided(total, dict(enumerate(counts))).values())


def _divided(total: int, weights: Mapping[Key, float]) -> dict[Key, int]:
    """Whole parts of a total by weight; what is left goes to the largest remainders."""
    exact = {key: total * weight / sum(weights.values()) for key, weight in weights.items()}
    parts = {key: int(each) for key, each in exact.items()}
    left = total - sum(parts.values())
    for key in sorted(exact, key=lambda each: parts[each] - exact[each])[:left]:
        parts[key] += 1
    return parts


def _passages() -> Iterator[Row]:
    lot = Random(112)  # noqa: S311 - no secret: the same draw every time
    source = "112年度施政績效報告 貳二(一)及公開統計"
    for who, given in (("nationals", NATIONALS), ("foreigners", FOREIGNERS)):
        for direction in ("entry", "exit"):
            cells = {
                (month, port): count
                for month, many in zip(MONTHS, _months(given), strict=True)
                for port, count in _divided(many, PORTS[who]).items()
            }
            gates = _through_gates(cells, who, direction, lot)
            for (month, port), count in cells.items():
                if port in READY:
                    yield Row(month, port, direction, who, "egate", gates[month, port], source)
                yield Row(month, port, direction, who, "desk", count - gates.get((month, port), 0), source)


def _through_gates(
    cells: Mapping[tuple[str, str], int], who: str, direction: str, lot: Random
) -> dict[tuple[str, str], int]:
    with_gates = {key: count * READY[key[1]] for key, count in cells.items() if key[1] in READY}
    weights = {key: each * (0.985 + 0.03 * lot.random()) for key, each in with_gates.items()}
    share = SHARE.get((who, direction))
    total = round(sum(cells.values()) * share / 10_000) if share else round(sum(with_gates.values()) * 0.03)
    return _divided(total, weights)

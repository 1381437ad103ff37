"""Machine readable zones read per second on one core, beside the package `mrz` of PyPI.

Each of 10,000 different zones is read once per pass; ours gives all that `gatehouse document mrz --json` prints, the
peer its checks and `fields()`.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta
from string import ascii_uppercase, digits

from mrz.checker.mrva import MRVACodeChecker
from mrz.checker.mrvb import MRVBCodeChecker
from mrz.checker.td1 import TD1CodeChecker
from mrz.checker.td2 import TD2CodeChecker
from mrz.checker.td3 import TD3CodeChecker

from benchmarks.table import Row
from benchmarks.timing import beside
from gatehouse.documents.mrz import compose_mrz, parse_mrz

ZONES = 10_000
ON = date(2026, 11, 22)
CHECKERS = {
    "TD1": TD1CodeChecker,
    "TD2": TD2CodeChecker,
    "TD3": TD3CodeChecker,
    "MRV-A": MRVACodeChecker,
    "MRV-B": MRVBCodeChecker,
}
CODES = {"TD1": "I", "TD2": "I", "TD3": "P", "MRV-A": "V", "MRV-B": "V"}
STATES = ["UTO", "D", "JPN", "TWN", "USA", "IND", "BRA", "KEN"]


def run() -> list[Row]:
    return [_row(format_name) for format_name in CHECKERS]


def _row(format_name: str) -> Row:
    zones = _zones(format_name)
    if not all(parse_mrz(zone, on=ON).valid for zone in zones) or len(set(zones)) != ZONES:
        raise ValueError("the zones to measure with are not valid and different")
    ours, theirs = beside(_read, _peer(format_name), zones)
    return Row(
        f"MRZ read, {format_name}",
        f"{ours:,.0f}/s",
        f"mrz 0.6: {theirs:,.0f}/s",
        f"{ours / theirs:.1f} times",
        "10 times",
    )


def _read(zone: str) -> object:
    return parse_mrz(zone, on=ON).as_dict()


def _peer(format_name: str) -> Callable[[str], object]:
    checker = CHECKERS[format_name]

    def read(zone: str) -> object:
        checked = checker(zone)
        return bool(checked), checked.fields()

    return read


def _zones(format_name: str) -> list[str]:
    chance = random.Random(9303)

    def text(letters: str, least: int, most: int) -> str:
        return "".join(chance.choices(letters, k=chance.randint(least, most)))

    def one() -> str:
        return compose_mrz(
            format_name,
            document_code=CODES[format_name],
            issuer=chance.choice(STATES),
            document_number=text(ascii_uppercase + digits, 7, 9),
            surname=text(ascii_uppercase, 2, 12),
            given_names=f"{text(ascii_uppercase, 2, 9)} {text(ascii_uppercase, 2, 9)}",
            nationality=chance.choice(STATES),
            birth_date=(ON - timedelta(days=chance.randint(1, 36_000))).isoformat(),
            sex=chance.choice("FMX"),
            expiry_date=(ON + timedelta(days=chance.randint(-1000, 3650))).isoformat(),
            optional_data=text(digits, 0, 7),
        )

    return [one() for _ in range(ZONES)]

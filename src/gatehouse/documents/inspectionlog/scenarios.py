"""Operational scenarios, and which checks each asks for (BSI TR-03135-2 v2.5, chapter 3 and table 4.1)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum


class Scenario(StrEnum):
    STATIONARY = "stationary"
    SELF_SERVICE = "self service"
    PARTIALLY_MOBILE = "partially mobile"
    FULLY_MOBILE = "fully mobile"
    KIOSK = "kiosk"


#: Clause of part 1 -> its title and what each scenario asks, in the order of `Scenario`: m mandatory, o optional,
#: e evaluatory. Clauses 5.6.1 to 5.6.2 ask for lists and sequences, which are no checks.
OBLIGATIONS: Mapping[str, tuple[str, tuple[str, str, str, str, str]]] = {
    "5.5.2": ("Document detection and capturing", ("m", "m", "o", "m", "m")),
    "5.5.3": ("Document model identification", ("m", "m", "o", "o", "m")),
    "5.5.4.1": ("Check MRZ for ICAO compliance", ("m", "m", "m", "o", "m")),
    "5.5.4.2": ("Spectrally selective verification", ("m", "m/e", "o/e", "o/e", "o/e")),
    "5.6.3": ("Chip access protocols", ("m", "m", "m", "m", "m")),
    "5.6.4": ("Checking chip content", ("m", "m", "m", "m", "m")),
    "5.7.1": ("Checking the expiration of the documents", ("m", "m", "m", "m", "m")),
    "5.7.2": (
        "Checking the optical biographic data against the electronic biographic data",
        ("m", "m", "m", "m", "o"),
    ),
    "5.7.3": ("Checks across document pages", ("o", "o", "o", "o", "o")),
    "5.7.4": ("Checks across several documents", ("o", "o", "o", "o", "o")),
    "5.7.5": ("Comparison of the personalization contents", ("o", "o", "o", "o", "o")),
    "5.7.6": ("Checking EF.DG2 against the facial image from the VIZ", ("o/e", "o", "o", "o", "m/e")),
    "5.9.1": ("Digital seal checks", ("m", "m", "m", "m", "m")),
}


def obligation(clause: str, scenario: Scenario) -> str:
    """What the scenario asks for a check of that clause, or of one above it; "" where it says nothing."""
    at = list(Scenario).index(scenario)
    while clause:
        if clause in OBLIGATIONS:
            return OBLIGATIONS[clause][1][at]
        clause = clause.rpartition(".")[0]
    return ""


def not_performed(made: Iterable[str], scenario: Scenario) -> Iterator[tuple[str, str]]:
    """Clause and title of what the scenario makes mandatory and none of the clauses `made` belongs to."""
    made = tuple(made)
    for clause, (title, _) in OBLIGATIONS.items():
        is_made = any(each == clause or each.startswith(f"{clause}.") for each in made)
        if not is_made and obligation(clause, scenario).startswith("m"):
            yield clause, title

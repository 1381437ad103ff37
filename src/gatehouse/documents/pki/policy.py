"""Which algorithms have become too weak, and from when: a table with sources, reported beside a verdict."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from gatehouse.documents.pki.keys import PublicKey
from gatehouse.documents.pki.sources import Kind, Source
from gatehouse.kernel.results import Check, Reason, Result

_TABLE = "algorithms.csv"
_HASH_NAMES = {"sha1": "SHA-1", "sha224": "SHA-224", "sha3_224": "SHA-224"}


@dataclass(frozen=True, slots=True)
class Limit:
    """From `weak_from` on the algorithm, or a key of it with fewer bits than `below_bits`, is weak."""

    algorithm: str
    below_bits: int | None
    weak_from: date
    source: str


@dataclass(frozen=True, slots=True)
class Use:
    """A hash, and a key where there is one, as `part` of a document uses it: "SOD", "DSC", "CSCA", "data groups"."""

    part: str
    hash_name: str
    key: PublicKey | None = None


@cache
def limits() -> tuple[Limit, ...]:
    """The rows of data/algorithms.csv."""
    return tuple(
        Limit(
            row["algorithm"],
            int(row["below_bits"]) if row["below_bits"] else None,
            date.fromisoformat(row["weak_from"]),
            row["source"],
        )
        for row in csv.DictReader(_table().splitlines()[1:])
    )


@cache
def version() -> Source:
    """Which version of the table this is: the date in its first line, and its digest."""
    table = _table()
    issued = date.fromisoformat(table.splitlines()[0].removeprefix("# version "))
    return Source.of(Kind.ALGORITHM_POLICY, _TABLE, issued, table.encode())


def _table() -> str:
    return (files(__package__) / "data" / _TABLE).read_text(encoding="utf-8")


def judge(uses: Iterable[Use], on: date) -> Check:
    """Whether every algorithm in use is strong on that day. Explicit curve parameters are mentioned only."""
    uses = tuple(uses)
    weak = "; ".join(f"{use.part}: {name} since {limit.weak_from}" for use in uses for name, limit in _weak(use, on))
    explicit = ", ".join(use.part for use in uses if use.key is not None and use.key.explicit)
    return Check("algorithm_policy", Result.FAILED if weak else Result.SUCCESSFUL, _reason(weak, explicit))


def _reason(weak: str, explicit: str) -> Reason:
    if weak and explicit:
        return Reason(
            "weak algorithms (%(weak)s); explicit elliptic curve parameters (%(explicit)s)",
            weak=weak,
            explicit=explicit,
        )
    if weak:
        return Reason("weak algorithms (%(weak)s)", weak=weak)
    if explicit:
        return Reason("no weak algorithm; explicit elliptic curve parameters (%(explicit)s)", explicit=explicit)
    return Reason("no weak algorithm")


def weaknesses(use: Use, on: date) -> list[str]:
    """What of one use is weak on that day: "SHA-1", "RSA of 1024 bits"."""
    return [name for name, _ in _weak(use, on)]


def _weak(use: Use, on: date) -> Iterator[tuple[str, Limit]]:
    hash_name = _HASH_NAMES.get(use.hash_name)
    for limit in limits():
        if limit.weak_from > on:
            continue
        if limit.algorithm == hash_name:
            yield limit.algorithm, limit
        elif use.key is not None and limit.below_bits is not None and _is_short(use.key, limit):
            yield f"{use.key.kind} of {use.key.bits} bits", limit


def _is_short(key: PublicKey, limit: Limit) -> bool:
    family = "RSA" if key.kind == "RSA" else "EC"
    return family == limit.algorithm and limit.below_bits is not None and key.bits < limit.below_bits

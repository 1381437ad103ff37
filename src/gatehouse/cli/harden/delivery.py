"""The points of what was delivered: the locked packages, their licences, the bill of materials, the installed code."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import gatehouse
from gatehouse.cli.harden.bill import bill_of_materials
from gatehouse.cli.harden.files import changeable
from gatehouse.cli.harden.lock import Locked, locked
from gatehouse.cli.harden.points import Answer, Asked, Checked, Point, asking, elsewhere, judged
from gatehouse.security.api import licence_of, strong_copyleft

HASHED = Point(
    "delivery-lock-hashed",
    "each package of the lock has one version and the SHA-256 of its files",
    "renew the lock with make lock; install with pip install --require-hashes",
)
AS_LOCKED = Point(
    "delivery-as-locked",
    "what is installed is what the lock says",
    "install again from the lock into an environment of its own",
)
LICENCES = Point(
    "delivery-licences",
    "no package at run time is under the GPL or AGPL, and each says its licence",
    "take the package out, or replace it",
)
BILL = Point(
    "delivery-bill",
    "the bill of materials names each package with version, licence and digests",
    "install what the lock names, then write it with --sbom",
)
CODE = Point(
    "delivery-code-kept",
    "nobody but its owner can change the installed program",
    "chmod -R go-w the environment; install as another account than the one that runs it",
)
POINTS = (HASHED, AS_LOCKED, LICENCES, BILL, CODE)


def check(asked: Asked) -> Iterator[Checked]:
    file = asked.lock_file
    if file is None:
        missing = elsewhere("no lock was named (--lock)")
        yield from asking((point, lambda: missing) for point in POINTS[:-1])
    else:
        entries = locked(file)
        checks = ((HASHED, hashed), (AS_LOCKED, as_locked), (LICENCES, licences), (BILL, bill))
        yield from asking((point, partial(judge, entries)) for point, judge in checks)
    yield from asking([(CODE, lambda: code(Path(gatehouse.__file__).parent))])


def hashed(entries: tuple[Locked, ...]) -> Answer:
    lacking = [each.name for each in entries if not each.sha256]
    return judged((f"{name} has no digest" for name in lacking), f"{len(entries)} packages with their digests")


def as_locked(entries: tuple[Locked, ...]) -> Answer:
    wrong = []
    for each in (each for each in entries if each.applies):
        found = each.installed
        if found is None:
            wrong.append(f"{each.name} is not installed")
        elif found.version != each.version:
            wrong.append(f"{each.name} is {found.version}, locked is {each.version}")
    return judged(wrong, f"{sum(each.applies for each in entries)} packages as locked")


def licences(entries: tuple[Locked, ...]) -> Answer:
    wrong, seen = [], 0
    for each in entries:
        if each.installed is None:
            continue
        seen += 1
        licence = licence_of(each.installed)
        if not licence:
            wrong.append(f"{each.name} does not say its licence")
        elif strong_copyleft(licence):
            wrong.append(f"{each.name} is under {licence}")
    return judged(wrong, f"{seen} packages")


def bill(entries: tuple[Locked, ...]) -> Answer:
    components = bill_of_materials(entries)["components"]
    lacking = [each["name"] for each in components if "licenses" not in each or not each.get("properties")]
    return judged((f"{name} lacks licence or digest" for name in lacking), f"{len(components)} components")


def code(folder: Path) -> Answer:
    wrong = [said for each in [folder, *folder.rglob("*")] if not each.is_symlink() for said in changeable(each)]
    few = sorted(set(wrong))[:3]
    return judged([*few, f"{len(set(wrong)) - 3} more"] if len(set(wrong)) > 3 else few, f"{folder} is its owner's")

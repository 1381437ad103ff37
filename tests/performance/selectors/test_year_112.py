"""The year whose report is the reference: what is computed from its records prints what the source prints."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path

import pytest
from django.db import transaction
from tests.performance.year_112 import FOLDER, load, shown, year

from gatehouse.kernel.figure import Computed

#: 內政部移民署112年度施政績效報告, 貳二(一), (三) and 參一(一)1; the rates as divided are facts of the same numbers.
PRINTED = {
    "workstation-availability": "99.95%",
    "workstation-availability.target": "99.95%",
    "workstation-availability.achievement": "100%",
    "egate-availability": "99.89%",
    "egate-availability.target": "99.88%",
    "egate-availability.achievement": "100%",
    "egate-availability.achievement-raw": "100.01%",
    "egate-use-nationals": "74.88%",
    "egate-use-nationals.target": "65%",
    "egate-use-nationals.achievement": "100%",
    "egate-use-nationals.achievement-raw": "115.20%",
    "egate-use-foreigners-exit": "50.83%",
    "egate-use-foreigners-exit.target": "45%",
    "egate-use-foreigners-exit.achievement": "100%",
    "egate-use-foreigners-exit.achievement-raw": "112.96%",
    "network-availability": "99.95%",
    "network-availability.target": "99.95%",
    "network-availability.achievement": "100%",
    "security-platform-availability": "100%",
    "security-platform-availability.target": "99.10%",
    "security-platform-availability.achievement": "100%",
    "security-platform-availability.achievement-raw": "100.91%",
    "equipment.e-gate-4.completed-in-year": "19",
    "equipment.e-gate-4.in-place": "61",
    "equipment.e-gate-1.to-remove": "76",
    "equipment.e-gate-1.removed": "18",
    "equipment.switches.replaced": "89",
    "equipment.switches.sites": "11",
    "equipment.power-strips.installed": "4",
    "enrolments.in-lane": "1,607,385",
}
NOT_THE_PLANS = (
    "none of the devices measured (%d) was bought by the plan next-generation-inspection: of those that it bought (%d) "
    "none was in service by 2023-12-31"
)


@pytest.mark.django_db
def test_each_figure_prints_what_the_report_prints() -> None:
    load()
    book = year()
    assert shown(book, PRINTED) == PRINTED
    ours = [id for id in book.entries if id.startswith(("equipment.", "enrolments.")) or "availability" in id]
    assert "-" not in shown(book, ours).values()


@pytest.mark.django_db
def test_each_value_has_its_evidence_and_some_of_its_records() -> None:
    load()
    book = year()
    for id in PRINTED:
        entry = book[id]
        if id.endswith(".target"):
            continue
        assert entry.figure is not None
        evidence = entry.figure.evidence
        assert isinstance(evidence, Computed)
        assert len(evidence.digest) == 64
        assert evidence.records > 0
        assert entry.records or "achievement" in id or id == "security-platform-availability"
    gates = book["equipment.e-gate-4.completed-in-year"]
    assert gates.figure is not None
    assert isinstance(gates.figure.evidence, Computed)
    assert gates.figure.evidence.query == {
        "measure": "assets",
        "asset_class": "e_gate",
        "when": "reached_in_year",
        "status": "installed",
        "generation": 4,
        "replacing": False,
        "of": "assets",
    }
    assert gates.records[0].value == "ordered 2022-03-01, delivered 2023-11-30, installed 2023-12-11"


@pytest.mark.django_db
def test_on_whose_equipment_it_was_measured() -> None:
    load()
    book = year()
    said = {
        id: [text for note in book[id].notes if "reconstruction" not in (text := str(note))]
        for id in PRINTED
        if id.count("-") and "." not in id
    }
    unknown = "the target is not reached where unknown time counts as down"
    assert said == {
        "workstation-availability": [NOT_THE_PLANS % (240, 60), unknown],
        "egate-availability": [NOT_THE_PLANS % (127, 61)],
        "egate-use-nationals": [NOT_THE_PLANS % (127, 61)],
        "egate-use-foreigners-exit": [NOT_THE_PLANS % (127, 61)],
        "network-availability": [
            "the plan next-generation-inspection bought 89 of the 178 devices measured, in service from 2023-03-06 on",
            unknown,
        ],
        "security-platform-availability": [],
    }


@pytest.mark.django_db
def test_a_figure_says_that_its_records_were_made_up() -> None:
    load()
    book = year()
    for id in ONE_RECORD:
        entry = book[id]
        assert entry.figure is not None
        assert isinstance(entry.figure.evidence, Computed)
        many = entry.figure.evidence.records
        assert str(entry.notes[-1]).startswith(f"{many} of the {many} records behind this are a reconstruction"), id


@pytest.mark.django_db
def test_the_same_again_changes_nothing() -> None:
    assert min(load().values()) > 0
    before = shown(year(), PRINTED)
    assert set(load().values()) == {0}
    assert shown(year(), PRINTED) == before


Change = tuple[str, Callable[[str], bool], Callable[[str], str]]


def begins(text: str) -> Callable[[str], bool]:
    return lambda line: line.startswith(text)


def more(line: str) -> str:
    """One passage or enrolment more."""
    *key, count, source, made_up = line.split(",")
    return ",".join((*key, str(int(count) + 1), source, made_up))


def a_ticket(device: str) -> Callable[[str], bool]:
    """A fault, not one of the maintenance at one at night."""
    return lambda line: line.startswith(device) and ",down,ticket," in line and "T01:00" not in line


def planned(device: str) -> Callable[[str], bool]:
    return lambda line: line.startswith(device) and ",planned," in line


def left_out(line: str) -> str:
    return ""


def swapped(before: str, after: str) -> Callable[[str], str]:
    return lambda line: line.replace(before, after)


#: For each computed figure one record, and what is made of it.
ONE_RECORD: dict[str, Change] = {
    "workstation-availability": ("intervals.csv", a_ticket("TPE-WS1"), left_out),
    "egate-availability": ("intervals.csv", a_ticket("TPE-T1-EG1"), left_out),
    "network-availability": ("intervals.csv", a_ticket("TPE-SW1"), left_out),
    "security-platform-availability": ("intervals.csv", planned("SEC-"), swapped(",planned,", ",unknown,")),
    "egate-use-nationals": ("passages.csv", begins("2023-05,TPE,exit,nationals,egate"), more),
    "egate-use-foreigners-exit": ("passages.csv", begins("2023-05,TPE,exit,foreigners,desk"), more),
    "equipment.e-gate-4.completed-in-year": (
        "assets.csv",
        begins("TPE-T1-EG4-43"),
        swapped(",2023-12-11,", ",2024-01-08,"),
    ),
    "equipment.e-gate-4.in-place": ("assets.csv", begins("TPE-T1-EG4-01"), swapped(",2022-10-24,", ",,")),
    "equipment.e-gate-1.to-remove": ("assets.csv", begins("TPE-T1-EG1-20"), swapped("TPE,T1", "KHH,T1")),
    "equipment.e-gate-1.removed": ("assets.csv", begins("TPE-T1-EG1-01"), swapped(",2023-12-01,", ",,")),
    "equipment.switches.replaced": ("assets.csv", begins("TPE-SW2-01"), swapped(",TPE-SW1-01,", ",,")),
    "equipment.switches.sites": ("assets.csv", begins("MZG-SW2-0"), swapped(",MZG,", ",TPE,")),
    "equipment.power-strips.installed": ("assets.csv", begins("TSA-PS-1"), swapped("2023-", "2022-")),
    "enrolments.in-lane": ("enrolments.csv", begins("2022-11,TPE"), more),
}


def test_there_is_a_record_for_each_computed_figure() -> None:
    computed = {id for id in PRINTED if not id.endswith(("target", "achievement", "achievement-raw"))}
    assert set(ONE_RECORD) == computed


@pytest.mark.django_db
@pytest.mark.parametrize("id", ONE_RECORD)
def test_changing_one_record_changes_its_figure(tmp_path: Path, id: str) -> None:
    name, chosen, change = ONE_RECORD[id]
    shutil.copytree(FOLDER, tmp_path, dirs_exist_ok=True)
    lines = (tmp_path / name).read_text().splitlines()
    # The smallest site has two switches, and both move.
    numbers = [number for number, line in enumerate(lines) if chosen(line)][: 2 if id.endswith("sites") else 1]
    assert numbers
    for number in numbers:
        before, lines[number] = lines[number], change(lines[number])
        assert lines[number] != before
    (tmp_path / name).write_text("\n".join(line for line in lines if line) + "\n")
    changed = figures(tmp_path)[id]
    (value, digest), (other, other_digest) = as_shipped()[id], changed
    assert other != value
    assert other_digest != digest


@cache
def as_shipped() -> dict[str, tuple[object, str]]:
    return figures(FOLDER)


def figures(folder: Path) -> dict[str, tuple[object, str]]:
    """The computed figures of a folder with their digests. What is loaded is insert-only: it is rolled back."""
    found: dict[str, tuple[object, str]] = {}
    with suppress(_RolledBackError), transaction.atomic():
        load(folder)
        for id, entry in year().entries.items():
            if id in ONE_RECORD and entry.figure and isinstance(entry.figure.evidence, Computed):
                found[id] = entry.figure.value, entry.figure.evidence.digest
        raise _RolledBackError
    return found


class _RolledBackError(Exception):
    """Takes back what a folder brought."""


def test_the_files_are_small_say_what_they_are_and_are_what_the_script_writes(tmp_path: Path) -> None:
    script = Path(__file__).resolve().parents[3] / "scripts" / "reconstruct_112.py"
    subprocess.run([sys.executable, script, tmp_path], check=True)
    names = ["assets.csv", "enrolments.csv", "intervals.csv", "passages.csv"]
    assert sorted(path.name for path in tmp_path.iterdir()) == names
    for name in names:
        text = (FOLDER / name).read_text()
        assert (tmp_path / name).read_text() == text
        assert len(text.encode()) < 300_000
        assert "a reconstruction for the reference year" in text[:100]

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import nullcontext

import pytest
from django.utils import translation
from tests.cli.running import run
from tests.monitoring.equipment import record, register, said

from gatehouse.monitoring.domain.states import State

Captured = pytest.CaptureFixture[str]
SHOW = ("indicator", "show", "egate-availability", "--year")


@pytest.fixture(autouse=True)
def _store(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The store of the tests, and the language of the command line."""
    monkeypatch.setattr("gatehouse.cli.indicator.show.open_store", nullcontext)
    with translation.override("en"):
        yield


def test_the_registry(capsys: Captured) -> None:
    code, out, err = run(capsys, "indicator", "list", "--json")
    found = json.loads(out)["indicators"]
    assert (code, err) == (0, "")
    assert [each["id"] for each in found][:2] == ["workstation-availability", "egate-availability"]
    assert found[1]["name"] == {"zh-hant": "自動查驗通關系統可用率", "en": "Availability of e-Gates"}
    [version] = found[1]["versions"]
    assert version["denominator"] == {
        "measure": "device_time",
        "asset_class": "e_gate",
        "states": ["degraded", "down", "up"],
    }
    code, out, err = run(capsys, "indicator", "list")
    assert (code, err) == (0, "")
    assert (
        "egate-availability  version 1, since 2020-01-01\n  自動查驗通關系統可用率 · Availability of e-Gates\n" in out
    )


@pytest.mark.django_db
def test_the_figure_of_a_year_with_its_evidence(capsys: Captured) -> None:
    register()
    record(
        said(State.UP, "2023-01-01T00:00", "2024-01-01T00:00"),
        said(State.DOWN, "2023-02-01T00:00", "2023-02-02T00:00", source="ticket"),
    )
    code, out, err = run(capsys, *SHOW, "112", "--json")
    found = json.loads(out)
    assert (code, err) == (0, "")
    assert (found["id"], found["printed"], found["unit"]) == (
        "egate-availability",
        "99.73%",
        "% of agreed service time",
    )
    assert (found["numerator"], found["denominator"]) == (364 * 86_400_000, 365 * 86_400_000)
    evidence = found["evidence"]
    assert (evidence["kind"], evidence["version"], evidence["records"]) == ("computed", 1, 3)
    assert evidence["period"] == ["2023-01-01", "2023-12-31"]
    assert len(evidence["digest"]) == 64
    code, out, err = run(capsys, *SHOW, "112")
    assert (code, err) == (0, "")
    assert "egate-availability, 112: 99.73%\n" in out
    assert "2023-02" + " " * 39 + "96.4285%\n" in out
    assert f"3 records, SHA-256 {evidence['digest']}\n" in out


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("arguments", "code", "line"),
    [
        (
            (*SHOW, "112"),
            1,
            "egate-availability has no value for 112: nothing of the year 112 is on record: gatehouse report load",
        ),
        ((*SHOW, "2023"), 2, "2023 is a Gregorian year: years are given in the ROC calendar here, 112"),
        ((*SHOW, "many"), 2, "Invalid value for '--year': 'many' is not a valid integer."),
        (("indicator", "show", "egates", "--year", "112"), 1, "there is no indicator egates; there are: "),
    ],
)
def test_what_cannot_be_shown_is_one_line(capsys: Captured, arguments: tuple[str, ...], code: int, line: str) -> None:
    left, out, err = run(capsys, *arguments)
    assert (left, out, err.count("\n")) == (code, "", 1)
    assert err.startswith(f"gatehouse: {line}")

"""`gatehouse gate hall`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.simulation.hall.profiles import few_desks

from gatehouse.cli import main
from gatehouse.cli.gate.hall import as_text
from gatehouse.platform.config import Mode, config
from gatehouse.platform.models import Device


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as left:
        main(["gate", "hall", *arguments])
    assert isinstance(left.value.code, int)
    return left.value.code


def test_one_document(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--day", "2026-02-14", "--lanes", "8", "--travellers", "3000", "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert set(found) == {
        *(
            "port",
            "day",
            "seed",
            "travellers",
            "lanes",
            "lane_own_seconds",
            "halls",
            "shares_of_use",
            "staffing",
            "target",
            "sources",
        )
    }
    assert (found["port"], found["day"], found["travellers"], found["lanes"]) == ("TPE", "2026-02-14", 3000, 8)
    assert len(found["staffing"]) == 4 * 2 * 24


def test_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--day", "2026-02-14", "--lanes", "8", "--travellers", "3000") == 0
    out, err = capsys.readouterr()
    assert out.startswith("TPE 2026-02-14: 3,000 travellers, 8 lanes\n")
    assert "T2 exit visitors" in out
    assert err.startswith("rota 1: ")


def test_a_target_that_cannot_be_kept_is_a_negative_finding(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = few_desks(tmp_path)
    monkeypatch.setattr("gatehouse.platform.profile.profile", lambda: there)
    assert run("--day", "2026-02-14", "--lanes", "0", "--travellers", "9000") == 1
    assert " 2*" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--day", "2026-02-30", "--lanes", "71"), "gatehouse: 2026-02-30 is no day: write it as 2026-02-14\n"),
        (("--day", "20260214", "--lanes", "71"), "gatehouse: 20260214 is no day: write it as 2026-02-14\n"),
        (("--day", "2026-W07-6", "--lanes", "71"), "gatehouse: 2026-W07-6 is no day: write it as 2026-02-14\n"),
        (("--day", "2026-02-14", "--lanes", "3"), "gatehouse: there are 4 halls: give each a lane, or none\n"),
    ],
)
def test_bad_input_is_one_line(arguments: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(*arguments, "--json") == 2
    assert capsys.readouterr() == ("", said)


@pytest.mark.django_db(transaction=True)
def test_some_go_through_a_real_lane_and_the_centre(capsys: pytest.CaptureFixture[str]) -> None:
    given = ("--day", "2026-02-14", "--lanes", "8", "--travellers", "1000", "--measured", "3", "--through", "6")
    assert run(*given, "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert found["lane_own_seconds"]["travellers"] >= 1
    assert 0 < found["lane_own_seconds"]["p95"] < 30
    through = found["through"]
    assert (through["travellers"], through["set_aside"], through["whole"]) == (6, 0, True)
    assert through["cleared"] == through["left_by_the_exit"] >= 4
    assert through["received_at_the_centre"] == through["events_sent"] >= 2 * through["cleared"]
    assert through["sent_again"] == 0
    assert [device.is_active for device in Device.objects.all()] == [False]


def test_what_went_through_is_said_in_words_too() -> None:
    passed = {"travellers": 5, "set_aside": 0, "own_seconds": {"p50": 0.01}}
    found = {"port": "TPE", "day": "2026-02-14", "travellers": 1, "lanes": 0, "halls": [], "shares_of_use": []}
    text = as_text({**found, "staffing": [], "through": passed})
    assert text.endswith("Through a real lane to the centre:\n  travellers              5\n  set aside               0")


def test_what_the_mode_forbids_is_said_before_the_day_passes(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(config(), "mode", Mode.PRODUCTION)
    assert run("--day", "2026-02-14", "--lanes", "8", "--through", "1") == 1
    said = capsys.readouterr()
    assert (said.out, said.err.count("\n")) == ("", 1)
    assert "GATEHOUSE_MODE=demo" in said.err

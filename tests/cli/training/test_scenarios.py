"""The commands of scenarios, as a trainer calls them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import psycopg
import pytest

from gatehouse.cli import main
from gatehouse.platform.config import Mode, config
from tests.platform.test_mark import environment, gatehouse

Captured = pytest.CaptureFixture[str]


def run(capsys: Captured, *arguments: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as left:
        main(["training", *arguments])
    said = capsys.readouterr()
    return int(left.value.code or 0), said.out, said.err


def test_the_scenarios_are_listed_in_either_language(capsys: Captured) -> None:
    code, out, _ = run(capsys, "list", "--json")
    assert code == 0
    assert json.loads(out)["scenarios"][0] == {"id": "expired-document", "title": "逾效期證件"}
    assert "Somebody else's genuine passport" in run(capsys, "list", "--language", "en")[1]


def test_a_training_stands_up_by_itself(empty: str, tmp_path: Path) -> None:
    training = environment("training", empty, tmp_path)
    for arguments in (("training", "list"), ("training", "load", "overstay")):
        assert gatehouse(*arguments, **training) == (0, "")
    assert gatehouse("training", "debrief", **training) == (1, "")
    with psycopg.connect(empty) as connection:
        # The case entered before, as whoever overstays did; of the others only visitors did.
        assert connection.execute("SELECT count(*) BETWEEN 1 AND 3 FROM border_crossing").fetchone() == (True,)
        bodies = connection.execute("SELECT body FROM audit_leaf").fetchall()
    assert bodies
    assert {json.loads(body)["mode"] for (body,) in bodies} == {"training"}


@pytest.mark.django_db
def test_a_scenario_is_loaded_and_the_debrief_says_that_nothing_was_done_yet(
    capsys: Captured, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(config(), "mode", Mode.TRAINING)
    monkeypatch.setattr(config(), "state", tmp_path / "state")
    code, out, _ = run(capsys, "load", "lookalike", "--language", "en", "--json")
    loaded: dict[str, Any] = json.loads(out)
    assert (code, loaded["scenario"], loaded["direction"], loaded["waiting"]) == (0, "lookalike", "entry", 3)
    code, out, _ = run(capsys, "debrief", "--language", "en", "--json")
    found = json.loads(out)
    assert (code, found["ok"], [each["decisions"] for each in found["people"]]) == (1, False, [None] * 3)
    assert {step["done"] for each in found["people"] for step in each["steps"]} == {None}
    assert "尚未進行" in run(capsys, "debrief")[1]


@pytest.mark.parametrize("arguments", [("load", "lookalike"), ("debrief",)])
def test_no_other_mode_has_scenarios(capsys: Captured, arguments: tuple[str, ...]) -> None:
    refused = "gatehouse: this is for a training: set GATEHOUSE_MODE=training\n"
    assert run(capsys, *arguments) == (1, "", refused)

"""`gatehouse gate enrolments`, `revoke` and `lists` as an operator runs them, and the settings of `desk`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from django.utils import translation
from tests.cli.running import run
from tests.gates.lanes import LANE
from tests.travellers.test_enrolments import enrol

from gatehouse.device.lane_lists import opened
from gatehouse.platform.config import config
from gatehouse.platform.keys import bundle_key
from gatehouse.platform.services import device_register
from gatehouse.travellers.api import enrolled_face

pytestmark = pytest.mark.django_db
Captured = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def _store(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """The store of the tests, and the language of the command line."""
    monkeypatch.setattr(config(), "state", tmp_path / "state")
    for command in ("enrolments", "revoke", "lists"):
        monkeypatch.setattr(f"gatehouse.cli.gate.{command}.open_store", nullcontext)
    with translation.override("en"):
        yield


def test_enrolments_are_counted_and_name_nobody(tmp_path: Path, capsys: Captured) -> None:
    enrol(tmp_path, times=2)
    code, out, err = run(capsys, "gate", "enrolments", "--json")
    assert (code, err) == (0, "")
    assert json.loads(out) == {
        "enrolled": 2,
        "in_force": 1,
        "months": [{"month": "2023-05", "port": "TPE", "enrolled": 2, "ended": 1, "cumulative": 2}],
    }
    code, out, _ = run(capsys, "gate", "enrolments")
    assert (code, out.splitlines()[-1]) == (0, "2 enrolled, 1 in force")
    assert "ERIKSSON" not in out


def test_who_withdraws_is_enrolled_no_more(tmp_path: Path, capsys: Captured) -> None:
    found = enrol(tmp_path)
    person = str(found.traveller_id)
    assert enrolled_face(found.traveller_id) is not None
    code, out, _ = run(capsys, "gate", "revoke", person, "--reason", "withdrawn", "--json")
    assert (code, json.loads(out)) == (0, {"traveller": person, "revoked": True})
    assert enrolled_face(found.traveller_id) is None
    for again in (person, str(uuid4())):
        code, out, err = run(capsys, "gate", "revoke", again, "--reason", "withdrawn")
        assert (code, out, err) == (1, "", f"gatehouse: {again} is not enrolled\n")


def test_lists_are_written_whole_for_a_lane_that_is_registered(tmp_path: Path, capsys: Captured) -> None:
    file = tmp_path / "lane.lists"
    code, out, err = run(capsys, "gate", "lists", "--lane", LANE, "--out", str(file))
    assert (code, out, err) == (1, "", f"gatehouse: there is no device {LANE}\n")
    assert not file.exists()
    device_register(name=LANE, port="TPE")
    code, out, _ = run(capsys, "gate", "lists", "--lane", LANE, "--hours", "2", "--out", str(file), "--json")
    said = json.loads(out)
    assert (code, said["lane"], said["known"], said["bytes"]) == (0, LANE, 0, file.stat().st_size)
    assert file.stat().st_mode & 0o777 == 0o600
    read = opened(
        file.read_bytes(), centre=bundle_key().public_key(), lane=LANE, seen=said["serial"], now=datetime.now(UTC)
    )
    assert (read.expires - read.issued).total_seconds() == 7200


TWICE = "code = 'c'\n" + 2 * "[[lanes]]\nname = 'TPE-E01'\naddress = 'ws://127.0.0.1:1'\ntoken = 't'\n"


@pytest.mark.parametrize("text", ["", "code = 'c'", "code = 'c'\nlanes = []", "page = -1", TWICE])
def test_a_desk_without_lanes_is_one_line(text: str, tmp_path: Path, capsys: Captured) -> None:
    file = tmp_path / "desk.toml"
    file.write_text(text)
    code, out, err = run(capsys, "gate", "desk", "--config", str(file))
    assert (code, out, err.count("\n")) == (2, "", 1)

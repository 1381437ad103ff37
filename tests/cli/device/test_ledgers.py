from __future__ import annotations

import json
from contextlib import nullcontext
from pathlib import Path

import pytest

from gatehouse.kernel.clock import SystemClock
from gatehouse.platform.services import device_revoke
from tests.cli.running import run
from tests.device.made import DEVICE
from tests.edge.handheld import Handheld

pytestmark = pytest.mark.django_db
Captured = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def _the_store_of_the_tests(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gatehouse.cli.device.ledgers.open_store", nullcontext)


@pytest.fixture
def handheld(tmp_path: Path) -> Handheld:
    return Handheld(tmp_path)


def test_before_a_device_has_spoken_there_is_nothing_to_show(capsys: Captured) -> None:
    assert run(capsys, "device", "ledgers") == (0, "No device has spoken.\n", "")
    code, out, _ = run(capsys, "device", "ledgers", "--json")
    assert (code, json.loads(out)) == (0, {"ledgers": []})


def test_a_device_that_nobody_registered_is_one_line(capsys: Captured) -> None:
    assert run(capsys, "device", "ledgers", "NONE") == (1, "", "gatehouse: there is no device NONE\n")


def test_a_ledger_that_was_delivered_is_whole_also_of_a_device_that_was_revoked(
    capsys: Captured, handheld: Handheld
) -> None:
    handheld.sign_on()
    handheld.deliver()
    device_revoke(clock=SystemClock(), name=DEVICE)
    code, out, err = run(capsys, "device", "ledgers", DEVICE, "--json")
    [found] = json.loads(out)["ledgers"]
    assert (code, err) == (0, "")
    assert (found["device"], found["received"], found["waiting"]) == (DEVICE, 1, 0)
    assert (found["gaps"], found["forks"], found["set_aside"]) == ([], [], [])


def test_a_ledger_that_was_begun_anew_is_1_and_says_where_it_forks(
    capsys: Captured, handheld: Handheld, tmp_path: Path
) -> None:
    handheld.sign_on()
    handheld.deliver()
    (tmp_path / "anew").mkdir()
    handheld.folder = tmp_path / "anew"
    handheld.start()
    handheld.take_bundle()
    handheld.sign_on("lin")
    handheld.deliver()
    code, out, err = run(capsys, "device", "ledgers", "--retry")
    assert (code, err) == (1, "")
    assert out.splitlines()[0].startswith(f"{DEVICE}: 2 events, last heard ")
    assert out.splitlines()[1] == "  fork: from 1 the ledger goes on in 2 ways"

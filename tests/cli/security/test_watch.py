"""`gatehouse security watch` and `alerts`."""

from __future__ import annotations

import json

import pytest
from tests.cli.running import run
from tests.security.test_watch import AUDITOR, NOW, broken

from gatehouse.audit.api import sequence_once
from gatehouse.kernel.clock import FixedClock
from gatehouse.security.kept import Finding, alert_find, alerts_of

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_round_keeps_what_is_found_and_alerts_shows_what_is_open(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "security", "alerts")[:2] == (0, "There are no alerts.\n")
    broken()
    sequence_once(clock=FixedClock(NOW), sign=False)
    code, out, err = run(capsys, "security", "watch", "--json")
    assert (code, json.loads(out), err) == (0, {"entries": 1, "alerts": 1}, "")
    code, out, _ = run(capsys, "security", "alerts", "--open", "--json")
    [found] = json.loads(out)["alerts"]
    assert (code, found["actor"], found["count"], found["finding"]) == (1, "user:chen", 1, None)
    [view] = alerts_of(reader=AUDITOR)
    alert_find(clock=FixedClock(NOW), actor=AUDITOR, alert=view.id, finding=Finding.BENIGN, reason="a drill")
    assert run(capsys, "security", "alerts", "--open")[0] == 0


def test_rules_that_are_not_there_are_said(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "security", "watch", "--rules", "/nowhere")
    assert (code, out) == (2, "")
    assert err.count("\n") == 1


def test_a_heartbeat_needs_a_round_that_comes_again_and_a_device_of_the_register(
    capsys: pytest.CaptureFixture[str],
) -> None:
    code, out, err = run(capsys, "security", "watch", "--device", "SEC-MONITORING")
    assert (code, out, "--device needs --every" in err) == (2, "", True)
    code, out, err = run(capsys, "security", "watch", "--every", "10", "--device", "SEC-MONITORING")
    assert (code, out) == (1, "")
    assert "there is no part SEC-MONITORING of the security platform in the register" in err
    assert err.count("\n") == 1

"""Alerts for Prometheus: the windows of a target, and Prometheus' own tool over days that are made up."""

from __future__ import annotations

import shutil
import subprocess
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.absence import absent
from tests.cli.running import run

from gatehouse.monitoring.api import AssetClass, Target, alert_rules

ALERT = "GatehouseBudgetBurns"


def target(percent: str) -> Target:
    return Target(asset_class=AssetClass.SWITCH, percent=Fraction(percent), source="test")


def thresholds(percent: str) -> list[tuple[str, float]]:
    rules = alert_rules([target(percent)])["groups"][0]["rules"][1:]
    return [(rule["labels"]["window"], float(rule["expr"].rsplit("> ", 1)[1])) for rule in rules]


def test_each_window_asks_for_its_rate_of_what_may_be_down() -> None:
    assert thresholds("99.9") == [("1h", 0.0144), ("6h", 0.006), ("1d", 0.003), ("3d", 0.001)]


def test_a_rate_that_nothing_can_reach_is_no_alert() -> None:
    assert [window for window, _ in thresholds("90")] == ["6h", "1d", "3d"]


def test_a_target_of_all_alerts_on_any_outage() -> None:
    assert thresholds("100") == [("1h", 0), ("6h", 0), ("1d", 0), ("3d", 0)]


def test_the_command_prints_the_rules_of_the_profile(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "monitor", "rules")
    assert (code, err) == (0, "")
    burns = [rule["labels"] for rule in yaml.safe_load(out)["groups"][0]["rules"][1:]]
    assert len(burns) == 16
    assert {each["asset_class"] for each in burns} == {"e_gate", "workstation", "switch", "security_platform"}


def _days(folder: Path, series: dict[str, str], expected: dict[str, list[tuple[str, str]]]) -> None:
    """Let promtool run days of five minutes: which alerts of which class and window are on at which moment."""
    (folder / "rules.yml").write_text(yaml.safe_dump(alert_rules([target("99.9")])))
    asked: list[dict[str, Any]] = []
    rules = {rule["labels"]["window"]: rule for rule in alert_rules([target("99.9")])["groups"][0]["rules"][1:]}
    for at, on in expected.items():
        alerts = [
            {
                "exp_labels": {**rules[window]["labels"], "asset_class": asset_class},
                "exp_annotations": rules[window]["annotations"],
            }
            for asset_class, window in on
        ]
        asked.append({"eval_time": at, "alertname": ALERT, "exp_alerts": alerts})
    given = [
        {"series": f'gatehouse_devices{{asset_class="switch",state="{state}"}}', "values": values}
        for state, values in series.items()
    ]
    test = {
        "rule_files": ["rules.yml"],
        "evaluation_interval": "5m",
        "tests": [{"interval": "5m", "input_series": given, "alert_rule_test": asked}],
    }
    (folder / "test.yml").write_text(yaml.safe_dump(test))
    tool = shutil.which("promtool") or absent("promtool")
    checked = subprocess.run(
        [tool, "check", "rules", "rules.yml"], cwd=folder, capture_output=True, text=True, check=False
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr
    done = subprocess.run([tool, "test", "rules", "test.yml"], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.real
def test_an_outage_is_told_while_it_lasts_and_a_moment_is_not(tmp_path: Path) -> None:
    # After three days without a fault two of 100 switches are down for two hours; hours later one is, for five minutes.
    _days(
        tmp_path,
        {"up": "100x863 98x23 100x71 99 100x60", "down": "0x863 2x23 0x71 1 0x60", "planned": "5x1100"},
        {
            "71h": [],
            "72h55m": [("switch", "1h")],
            "73h55m": [("switch", "1h"), ("switch", "6h")],
            "74h40m": [],
            "80h5m": [],
        },
    )


@pytest.mark.real
def test_what_drips_away_slowly_is_a_ticket(tmp_path: Path) -> None:
    # One of 100 switches is down for good: 10 times what is allowed.
    _days(
        tmp_path,
        {"up": "100x863 99x900", "down": "0x863 1x900"},
        {
            "73h": [],
            "77h": [("switch", "6h")],
            "84h": [("switch", "6h"), ("switch", "1d"), ("switch", "3d")],
        },
    )

"""Rules and events that tests make up."""

from __future__ import annotations

import json
from typing import Any

import yaml

from gatehouse.security.api import Alert, Ruleset, detect, read_events, read_rules

ID = "929a690e-bef0-4204-a928-ef5e620d6f{:02x}"


def rule(detection: dict[str, Any], number: int = 0, **facts: Any) -> dict[str, Any]:
    return {
        "title": f"Rule {number}",
        "id": ID.format(number),
        "author": "A. N. Author",
        "level": "high",
        "logsource": {"category": "test"},
        "detection": detection,
        **facts,
    }


def correlation(number: int = 99, **facts: Any) -> dict[str, Any]:
    return {"title": f"Correlation {number}", "id": ID.format(number), "level": "critical", "correlation": facts}


def ruleset(*rules: dict[str, Any]) -> Ruleset:
    return read_rules([("rules.yml", yaml.safe_dump_all(rules).encode())])


def events(*found: Any) -> list[bytes]:
    return [json.dumps(each).encode() for each in found]


def alerts(rules: Ruleset, *found: dict[str, Any]) -> list[Alert]:
    assert rules.rejected == ()
    read, bad = read_events(events(*found))
    assert bad == []
    return detect(rules, read)


def true_of(detection: dict[str, Any], event: dict[str, Any]) -> bool:
    return bool(alerts(ruleset(rule(detection)), event))

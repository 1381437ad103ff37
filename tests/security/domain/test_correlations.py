"""Rules over several events: how many, how many different, together, in order, and what they measure."""

from __future__ import annotations

from typing import Any

import pytest
from tests.security.made import ID, alerts, correlation, rule, ruleset

FAILED = rule({"s": {"e": "failed"}, "condition": "s"}, 1, name="failed")
OPENED = rule({"s": {"e": "opened"}, "condition": "s"}, 2, name="opened")
COPIED = rule({"s": {"e": "copied"}, "condition": "s"}, 3, name="copied")


def at(minute: int, what: str, user: str = "chen", **more: Any) -> dict[str, Any]:
    return {"@timestamp": f"2026-11-26T03:{minute:02}:00Z", "e": what, "u": user, **more}


def found(*events: dict[str, Any], rules: Any = ("failed",), **facts: Any) -> list[tuple[int, ...]]:
    given = {"timespan": "5m", "rules": list(rules), "group-by": ["u"], **facts}
    said = alerts(ruleset(FAILED, OPENED, COPIED, correlation(**given)), *events)
    assert {alert.rule_id for alert in said} <= {ID.format(99), *(ID.format(n) for n in (1, 2, 3) if n > 3)} | {
        ID.format(n) for n, name in enumerate(("failed", "opened", "copied"), 1) if name not in rules
    }
    return [alert.event_lines for alert in said if alert.rule_id == ID.format(99)]


COUNT: dict[str, Any] = {"type": "event_count", "condition": {"gte": 3}}


def test_so_many_within_the_timespan_are_one_alert() -> None:
    assert found(at(0, "failed"), at(2, "failed"), at(5, "failed"), **COUNT) == [(1, 2, 3)]
    assert found(at(0, "failed"), at(2, "failed"), at(6, "failed"), **COUNT) == []


def test_windows_that_overlap_are_one_alert_and_others_are_others() -> None:
    many = [at(minute, "failed") for minute in (0, 1, 2, 3, 30, 31, 32)]
    assert found(*many, **COUNT) == [(1, 2, 3, 4), (5, 6, 7)]


def test_order_in_the_file_is_not_order_in_time() -> None:
    assert found(at(4, "failed"), at(0, "failed"), at(2, "failed"), **COUNT) == [(1, 2, 3)]


def test_each_group_counts_for_itself_and_without_case() -> None:
    mixed = [at(0, "failed"), at(1, "failed", "lin"), at(2, "failed", "CHEN"), at(3, "failed")]
    assert found(*mixed, **COUNT) == [(1, 3, 4)]


def test_an_event_without_the_field_of_the_group_or_without_a_time_counts_nowhere() -> None:
    lacking = {"@timestamp": "2026-11-26T03:01:00Z", "e": "failed"}
    untimed = {"e": "failed", "u": "chen"}
    assert found(at(0, "failed"), at(2, "failed"), lacking, untimed, **COUNT) == []


def test_few_are_found_in_windows_that_follow_each_other() -> None:
    few = {"type": "event_count", "condition": {"lt": 2}}
    assert found(at(0, "failed"), at(1, "failed"), at(10, "failed"), **few) == [(3,)]
    assert found(at(0, "failed"), at(1, "failed"), type="event_count", condition={"eq": 2}) == [(1, 2)]


def test_different_values_are_counted_once() -> None:
    spread = {"type": "value_count", "condition": {"gte": 2, "field": "host"}}
    same = [at(0, "failed", host="a"), at(1, "failed", host="A"), at(2, "failed")]
    assert found(*same, **spread) == []
    assert found(*same, at(3, "failed", host="b"), **spread) == [(1, 2, 3, 4)]


def test_rules_that_come_together() -> None:
    both = {"type": "temporal", "rules": ("failed", "opened")}
    assert found(at(3, "opened"), at(0, "failed"), **both) == [(1, 2)]
    assert found(at(0, "failed"), at(1, "failed"), **both) == []
    assert found(at(0, "failed"), at(9, "opened"), **both) == []


def test_rules_that_come_in_order() -> None:
    ordered = {"type": "temporal_ordered", "rules": ("failed", "opened")}
    assert found(at(0, "failed"), at(3, "opened"), **ordered) == [(1, 2)]
    assert found(at(3, "failed"), at(0, "opened"), **ordered) == []


def test_a_condition_in_words() -> None:
    words = {"type": "temporal", "rules": ("failed", "opened", "copied"), "condition": "failed and (opened or copied)"}
    assert found(at(0, "failed"), at(1, "copied"), **words) == [(1, 2)]
    assert found(at(0, "opened"), at(1, "copied"), **words) == []


@pytest.mark.parametrize(
    ("type_", "condition", "expected"),
    [
        ("value_sum", {"gt": 59, "field": "n"}, True),
        ("value_sum", {"gt": 60, "field": "n"}, False),
        ("value_avg", {"gte": 20, "field": "n"}, True),
        ("value_median", {"gte": 11, "field": "n"}, False),
        ("value_percentile", {"gte": 40, "field": "n", "percentile": 90}, True),
    ],
)
def test_values_are_measured(type_: str, condition: dict[str, Any], expected: bool) -> None:
    three = [at(0, "failed", n=10), at(1, "failed", n="40"), at(2, "failed", n=10), at(3, "failed", n="none")]
    said = found(*three, type=type_, condition=condition)
    assert bool([lines for lines in said if lines[-1] >= 3]) is expected


def test_a_field_that_each_rule_names_otherwise() -> None:
    aliases = {"who": {"failed": "u", "opened": "account"}}
    said: dict[str, Any] = {"type": "temporal", "rules": ("failed", "opened"), "aliases": aliases, "group-by": ["who"]}
    assert found(at(0, "failed"), {**at(1, "opened", "x"), "account": "chen"}, **said) == [(1, 2)]


def test_rules_that_are_only_counted_are_no_alerts_unless_they_say_so() -> None:
    said = alerts(
        ruleset(FAILED, correlation(rules=["failed"], timespan="5m", generate=True, **COUNT)),
        *[at(minute, "failed") for minute in range(3)],
    )
    assert [alert.rule_id for alert in said] == [ID.format(1), ID.format(99)]

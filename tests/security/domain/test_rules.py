"""Loading: what cannot be used is told with its reason, and stops no other."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.conformance import conformance
from tests.security.made import ID, alerts, correlation, rule, ruleset

from gatehouse.kernel.errors import UnreadableError
from gatehouse.security.api import load_rules, read_rules

GOOD: dict[str, Any] = {"s": {"a": 1}, "condition": "s"}


def reasons(content: bytes) -> tuple[int, list[str]]:
    found = read_rules([("x.yml", content)])
    assert {each.file for each in found.rejected} <= {"x.yml"}
    return found.loaded, [str(each.reason) for each in found.rejected]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"a: [b", "did not find expected"),
        (b"- a\n- b", "it is no rule"),
        (b"", "it is no rule"),
        (b"\xff\xfe\x00", "unacceptable character"),
        (b"a: " + b"[" * 5000, "exceeded maximum nesting depth"),
    ],
    ids=["no YAML", "a list", "empty", "no text", "deep"],
)
def test_a_file_that_is_no_rule(content: bytes, said: str) -> None:
    loaded, [reason] = reasons(content)
    assert loaded == 0
    assert said in reason


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        ({"s": {"a": 1}}, "at least one condition"),
        ({"s": {"a": 1}, "condition": "s and"}, "found end of text"),
        ({"s": {"a": 1}, "condition": "t"}, "'t' not defined"),
        ({"s": {"a": 1}, "condition": "1 of t*"}, "doesn't match any detection"),
        ({"s": {"a": 1}, "condition": "s | count() by x > 5"}, "replaced by Sigma correlations"),
        ({"s": {"a|foo": 1}, "condition": "s"}, "Unknown modifier 'foo'"),
        ({"s": {"a|re": "("}, "condition": "s"}, "regular expression cannot be read"),
        ({"s": {"a|cidr": "300.0.0.0/8"}, "condition": "s"}, "Invalid CIDR"),
        ({"s": {"a|expand": "%users%"}, "condition": "s"}, "placeholder %users% is not filled in"),
        ({"s": {}, "condition": "s"}, "Detection is empty"),
    ],
)
def test_a_rule_that_cannot_be_meant_stops_no_other_in_its_file(broken: dict[str, Any], said: str) -> None:
    loaded, [reason] = reasons(yaml.safe_dump_all([rule(broken, 1), rule(GOOD, 2)]).encode())
    assert loaded == 1
    assert said in reason


def test_parts_that_all_documents_of_a_file_share() -> None:
    shared = {"action": "global", "title": "G", "logsource": {"category": "x"}, "detection": {"condition": "s"}}
    found = ruleset(shared, {"detection": {"s": {"a": 1}}}, {"detection": {"s": {"a": 2}}})
    assert (found.loaded, found.rejected) == (2, ())


def test_a_filter_of_another_document_holds() -> None:
    base = rule(GOOD, 1, name="base")
    without = {"title": "F", "logsource": {"category": "test"}, "filter": {"rules": ["base"], "selection": {"b": 2}}}
    without["filter"]["condition"] = "not selection"  # type: ignore[index]
    found = alerts(ruleset(base, without), {"a": 1, "b": 2}, {"a": 1, "b": 3}, {"a": 1})
    assert [alert.event_lines for alert in found] == [(2, 3)]


def test_a_correlation_of_rules_that_are_not_there_is_told() -> None:
    found = ruleset(correlation(type="event_count", rules=["base"], timespan="5m", condition={"gte": 3}))
    assert [str(each.reason) for each in found.rejected] == ["Rule 'base' not found in rule collection"]
    assert found.found == 1


def test_what_a_rule_says_of_itself_is_kept() -> None:
    (found,) = ruleset(rule(GOOD, 7, description="D", falsepositives=["none"], references=["https://x.example"])).rules
    assert (found.id, found.title, found.author, found.level) == (ID.format(7), "Rule 7", "A. N. Author", "high")
    assert (found.description, found.falsepositives, found.references) == ("D", ("none",), ("https://x.example",))
    assert found.logsource == {"category": "test"}


def test_a_folder_without_rules_is_no_folder_of_rules(tmp_path: Path) -> None:
    (tmp_path / "readme.txt").write_text("no rule")
    with pytest.raises(UnreadableError, match="there are no rules"):
        load_rules(tmp_path)
    with pytest.raises(UnreadableError, match="there are no rules"):
        load_rules(tmp_path / "absent")


def test_folders_below_count_too(tmp_path: Path) -> None:
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "a.yaml").write_text(yaml.safe_dump(rule(GOOD)))
    (found,) = load_rules(tmp_path).rules
    assert found.file == "below/a.yaml"


def test_every_public_rule_of_the_conformance_data_loads() -> None:
    found = load_rules(conformance("security/sigma"))
    assert (found.found, found.loaded, found.rejected) == (158, 158, ())
    assert all(each.author and each.title and each.level for each in found.rules)

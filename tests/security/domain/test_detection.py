"""Detection agrees with the plainest reading of the rules, and finds what is planted whatever its case."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.conformance import conformance
from tests.security.brute_force import holds, planted
from tests.security.made import ID, alerts, events, rule, ruleset

from gatehouse.security.api import detect, load_rules, read_events

WORDS = st.sampled_from(["", "a", "A", "ab", "Ba", "aba", "ß", "SS", "x*y", "xzy", "1", "10"])
VALUES = WORDS | st.integers(0, 10) | st.booleans() | st.none() | st.lists(WORDS, max_size=3)
FIELDS = st.sampled_from(["f", "g", "h"])
PATTERNS = st.sampled_from(["a", "A*", "*a", "*b*", "a?", "?", "*", "", "ss", r"x\*y", "x*y", 1, 10, None, True])
MODIFIERS = st.sampled_from(["", "|contains", "|startswith", "|endswith", "|cased"])


@st.composite
def detections(draw: st.DrawFn) -> dict[str, Any]:
    def item() -> dict[str, Any]:
        modifier = draw(MODIFIERS)
        pattern = PATTERNS if not modifier else PATTERNS.filter(lambda each: isinstance(each, str) and each != "")
        value = draw(pattern | st.lists(pattern, min_size=1, max_size=3))
        return {draw(FIELDS) + modifier: value}

    parts = {"one": item(), "two": {**item(), **item()}, "three": [item(), item()]}
    condition = draw(
        st.sampled_from(["one", "not one", "one and two", "two or not three", "1 of t*", "all of them", "not 1 of t*"])
    )
    return {**parts, "condition": condition}


@given(detections(), st.lists(st.dictionaries(FIELDS, VALUES), max_size=6))
def test_it_agrees_with_one_event_after_the_other(detection: dict[str, Any], found: list[dict[str, Any]]) -> None:
    expected = tuple(number for number, event in enumerate(found, 1) if holds(detection, event))
    said = alerts(ruleset(rule(detection)), *found)
    assert [alert.event_lines for alert in said] == ([expected] if expected else [])


def test_what_is_planted_is_found_whatever_its_case() -> None:
    rules = load_rules(conformance("security/sigma"))
    plants = planted(conformance("security/sigma"))
    assert len(plants) >= 150
    for fold in (str.lower, str.upper, str.swapcase, str):
        read, _ = read_events(events(*(_changed(event, fold) for event in plants.values())))
        found = {alert.rule_id: alert.event_lines for alert in detect(rules, read)}
        missed = [id_ for line, id_ in enumerate(plants, 1) if line not in found.get(id_, ())]
        assert missed == []


def test_it_finds_few_lines_among_many() -> None:
    chance = random.Random(7)
    quiet = [{"f": f"nothing {chance.random()}", "n": number} for number in range(2000)]
    quiet[1234] = {"f": "something EVIL here"}
    (found,) = alerts(ruleset(rule({"s": {"f|contains": "evil"}, "condition": "s"})), *quiet)
    assert found.event_lines == (1235,)


def test_lines_that_are_no_events_are_told_and_the_others_are_read() -> None:
    read, bad = read_events([b'{"a": 1}\n', b"\n", b"[1]\n", b"{", b'{"a": 2}'])
    assert [(event.line, event.fields["a"]) for event in read] == [(1, 1), (5, 2)]
    assert [each.line for each in bad] == [3, 4]
    assert bad[0].cause == "it is no JSON object"


def test_no_events_and_no_alerts() -> None:
    assert alerts(ruleset(rule({"s": {"f": None}, "condition": "s"}))) == []


@pytest.mark.parametrize("lists", [[], [[]], [None]])
def test_a_list_of_nothing_is_nothing(lists: list[Any]) -> None:
    (found,) = alerts(ruleset(rule({"s": {"f": None}, "condition": "s"}, 3)), {"f": lists})
    assert found.rule_id == ID.format(3)


def _changed(value: Any, fold: Any) -> Any:
    if isinstance(value, dict):
        return {name: _changed(each, fold) for name, each in value.items()}
    if isinstance(value, list):
        return [_changed(each, fold) for each in value]
    return fold(value) if isinstance(value, str) else value

"""Detection of events as they come finds what it finds when they are all there, through kept states and repetitions."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from tests.security.made import ID, correlation, events, rule, ruleset

from gatehouse.security.api import Alert, Detector, Event, Raised, Ruleset, detect, read_events

FAILED = rule({"s": {"e": "failed"}, "condition": "s"}, 1, name="failed")
OPENED = rule({"s": {"e": "opened"}, "condition": "s"}, 2, name="opened")
LOUD = rule({"s": {"n|gte": 3}, "condition": "s"}, 3)


def over(number: int, condition: Any, type_: str = "event_count", rules: Any = ("failed",)) -> dict[str, Any]:
    facts = {"type": type_, "rules": list(rules), "group-by": ["u"], "timespan": "5s", "condition": condition}
    return correlation(number, **{name: fact for name, fact in facts.items() if fact is not None})


BOTH = ("failed", "opened")
#: What more events can only make true: late ones, too, take nothing back.
GROWING = (
    over(10, {"gte": 3}),
    over(11, {"gte": 2, "field": "n"}, "value_count", BOTH),
    over(12, None, "temporal", BOTH),
)
EVERY = ruleset(
    FAILED,
    OPENED,
    LOUD,
    *GROWING,
    over(13, None, "temporal_ordered", BOTH),
    over(14, "failed and not opened", "temporal", BOTH),
    over(15, {"gt": 4, "field": "n"}, "value_sum"),
    over(16, {"gte": 2, "field": "n"}, "value_avg", BOTH),
    over(17, {"gte": 2, "field": "n"}, "value_median"),
    over(18, {"gte": 2, "field": "n", "percentile": 80}, "value_percentile"),
    over(19, {"lt": 2}),
    over(20, {"eq": 2}),
    over(21, {"neq": 1, "field": "n"}, "value_count"),
)
STEPS = st.tuples(
    st.sampled_from([0, 0.5, 1, 2, 5, 6, 12]),
    st.sampled_from(["failed", "opened", "other"]),
    st.sampled_from(["chen", "CHEN", "lin", None]),
    st.sampled_from([-2, 0, 1, 2, 3, None, [1, 2]]),
)


def read(found: list[dict[str, Any]]) -> list[Event]:
    return read_events(events(*found))[0]


@st.composite
def streams(draw: st.DrawFn) -> list[Event]:
    at, found = 1_000_000.0, []
    for step, what, user, number in draw(st.lists(STEPS, max_size=30)):
        at += step
        found.append({"ts": at, "e": what, "u": user, "n": number})
    return read(found)


def fed(rules: Ruleset, parts: list[list[Event]], *, late: float) -> list[Alert]:
    """All alerts in the end, through a state that is written and read after each part."""
    state: dict[str, Any] | None = None
    raised: list[Raised] = []
    for part in parts:
        detector = Detector(rules, state, late=late)
        raised += detector.feed(part)
        state = json.loads(json.dumps(detector.state()))
    raised += Detector(rules, state, late=late).unfinished()
    return folded(raised)


def folded(raised: list[Raised]) -> list[Alert]:
    standing: dict[str, Alert] = {}
    for each in raised:
        for name in each.replaces:
            del standing[name]
        standing[each.key] = each.alert
    return list(standing.values())


def by_rule(alerts: list[Alert]) -> dict[str, list[tuple[int, ...]]]:
    """Windows of a correlation by its id; of a rule over single events all lines together."""
    found: dict[str, list[tuple[int, ...]]] = {}
    for alert in alerts:
        found.setdefault(alert.rule_id, []).append(alert.event_lines)
    single = ID.format(3)
    return {
        name: [tuple(sorted(line for window in windows for line in window))] if name == single else sorted(windows)
        for name, windows in found.items()
    }


def parted(draw: Any, stream: list[Event]) -> list[list[Event]]:
    cuts = sorted(draw(st.lists(st.integers(0, len(stream)), max_size=8)))
    return [stream[begin:end] for begin, end in zip([0, *cuts], [*cuts, len(stream)], strict=True)]


@given(st.data(), streams(), st.sampled_from([0.0, 3.0]))
def test_however_it_is_parted_it_finds_the_same(data: st.DataObject, stream: list[Event], late: float) -> None:
    said = fed(EVERY, parted(data.draw, stream), late=late)
    assert by_rule(said) == by_rule(detect(EVERY, stream))


@given(st.data(), streams())
def test_what_comes_late_is_counted_where_it_belongs(data: st.DataObject, stream: list[Event]) -> None:
    rules = ruleset(FAILED, OPENED, LOUD, *GROWING)
    delays = data.draw(st.lists(st.floats(0, 4), min_size=len(stream), max_size=len(stream)))
    came = [event for _, event in sorted(zip(delays, stream, strict=True), key=lambda it: it[0] + it[1].fields["ts"])]  # type: ignore[operator]
    said = fed(rules, parted(data.draw, came), late=4.0)
    assert by_rule(said) == by_rule(detect(rules, stream))


@given(st.data(), streams())
def test_what_comes_again_counts_once(data: st.DataObject, stream: list[Event]) -> None:
    parts = parted(data.draw, stream)
    again = [part for part in parts for _ in range(2)]
    assert by_rule(fed(EVERY, again, late=0.0)) == by_rule(detect(EVERY, stream))


def test_an_alert_that_grows_comes_again_whole_and_one_that_stays_does_not() -> None:
    detector = Detector(ruleset(FAILED, over(10, {"gte": 3})))
    found = read([{"ts": 1e6 + n, "e": "failed", "u": "chen", "metadata": {"uid": f"e{n}"}} for n in range(5)])
    assert detector.feed(found[:2]) == []
    (first,) = detector.feed(found[2:3])
    assert (first.key, first.alert.event_lines, first.replaces) == (f"{ID.format(10)}:e0", (1, 2, 3), ())
    assert detector.feed(found[:3]) == []
    (grown,) = detector.feed(found[3:])
    assert (grown.key, grown.alert.event_lines) == (first.key, (1, 2, 3, 4, 5))


def test_what_goes_on_for_many_timespans_is_one_alert() -> None:
    rules = ruleset(FAILED, over(10, {"gte": 3}))
    found = read([{"ts": 1e6 + n, "e": "failed", "u": "chen"} for n in range(50)])
    (said,) = fed(rules, [[event] for event in found], late=0.0)
    assert said.event_lines == tuple(range(1, 51))


def test_late_events_join_what_was_two_alerts() -> None:
    detector = Detector(ruleset(FAILED, over(10, {"gte": 3})))
    ats = [0, 1, 2, 8, 9, 10, 5]
    found = read([{"ts": 1e6 + at, "e": "failed", "u": "chen"} for at in ats])
    first, second = detector.feed(found[:6])
    (whole,) = detector.feed(found[6:])
    assert whole.alert.event_lines == (1, 2, 3, 4, 5, 6, 7)
    assert {whole.key, *whole.replaces} == {first.key, second.key}


def test_few_are_alerted_when_their_time_is_over() -> None:
    detector = Detector(ruleset(FAILED, over(10, {"lt": 2})), late=0.0)
    one, other = read([{"ts": 1e6, "e": "failed", "u": "chen"}, {"ts": 1e6 + 6, "e": "other"}])
    assert detector.feed([one]) == []
    assert [each.alert.event_lines for each in detector.unfinished()] == [(1,)]
    assert [each.alert.event_lines for each in detector.feed([other])] == [(1,)]
    assert detector.unfinished() == []


def test_what_is_over_is_let_go() -> None:
    detector = Detector(EVERY)
    detector.feed(read([{"ts": 1e6, "e": "failed", "u": "chen", "secret": "a name"}]))
    assert "a name" not in json.dumps(detector.state())
    detector.feed(read([{}, {"ts": 1e6 + 120, "e": "other"}]))
    state = detector.state()
    assert set(map(len, state["correlations"].values())) == {0}
    assert (state["newest"], state["seen"]) == (1e6 + 120, ["line 1", "line 2"])


def test_a_state_of_other_rules_is_no_obstacle() -> None:
    before = Detector(ruleset(FAILED, OPENED, over(10, None, "temporal", BOTH)))
    before.feed(read([{"ts": 1e6, "e": "opened", "u": "chen"}]))
    after = Detector(ruleset(FAILED, over(10, {"gte": 1})), before.state())
    (raised,) = after.feed([Event(2, {"ts": 1e6 + 1, "e": "failed", "u": "chen"})])
    assert raised.alert.event_lines == (2,)

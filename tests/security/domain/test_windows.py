"""A window that is kept up to date says what the plain way says: every window by itself, from all its events."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatehouse.security.domain.correlations import Correlation
from gatehouse.security.domain.events import Event
from gatehouse.security.domain.windows import Hit, window_of

RULES = ("a", "b", "c")
HITS = st.lists(
    st.tuples(
        st.integers(0, 40),
        st.sampled_from(RULES),
        st.sampled_from(["x", "y", "z", None]),
        st.sampled_from([0.1, 0.2, 1e16, -3.0, None, "none"]),
    ),
    max_size=40,
)
SECONDS = 10
MEASURES = ("sum", "avg", "median", "percentile")
KINDS = (
    "event_count",
    "value_count",
    "temporal",
    "temporal_ordered",
    "value_sum",
    "value_avg",
    "value_median",
    "value_percentile",
)


def correlation(kind: str) -> Correlation:
    fields = ("v",) if kind == "value_count" else ("n",)
    return Correlation("i", "", "t", "", "", "", kind, RULES, SECONDS, (), count=3, fields=fields, percentile=90)


def hits(found: Sequence[tuple[int, str, object, object]]) -> list[Hit]:
    return [
        Hit(float(at), rule, Event(line, {k: v for k, v in (("v", value), ("n", number)) if v is not None}))  # type: ignore[misc]
        for line, (at, rule, value, number) in enumerate(sorted(found, key=lambda each: each[0]), 1)
    ]


def plain(kind: str, window: Sequence[Hit]) -> float | None:
    """What is measured over a window, from nothing but its events."""
    numbers = [n for hit in window if isinstance(n := hit.event.fields.get("n"), float)]
    match kind:
        case "event_count":
            return len(window)
        case "value_count":
            return len({hit.event.fields["v"] for hit in window if "v" in hit.event.fields})
        case "temporal":
            return len({hit.rule for hit in window})
        case "temporal_ordered":
            wanted = list(RULES)
            for hit in window:
                if wanted and hit.rule == wanted[0]:
                    wanted.pop(0)
            return None if wanted else 3
    if not numbers:
        return None
    ordered = sorted(numbers)
    return {
        "value_sum": float(sum(map(Fraction, numbers))),
        "value_avg": float(sum(map(Fraction, numbers)) / len(numbers)),
        "value_median": statistics.median(numbers),
        "value_percentile": ordered[max(0, -(-90 * len(ordered) // 100) - 1)],
    }[kind]


@pytest.mark.parametrize("kind", KINDS)
@given(found=HITS)
def test_it_says_what_the_plain_way_says(kind: str, found: list[tuple[int, str, object, object]]) -> None:
    every, window, first = hits(found), window_of(correlation(kind)), 0
    for last, hit in enumerate(every):
        window.add(hit)
        while every[first].at < hit.at - SECONDS:
            window.drop(every[first])
            first += 1
        assert window.measured(hit.at) == plain(kind, every[first : last + 1])


def test_an_event_costs_the_same_however_many_are_in_the_window() -> None:
    """Counted in the values that are read, not in time."""
    read = 0

    class Counted(dict[str, str]):
        def get(self, key: str, default: object = None) -> object:  # type: ignore[override]
            nonlocal read
            read += 1
            return super().get(key, default)

    counting = correlation("value_count")
    every = [Hit(n / 1000, "a", Event(n, Counted(v=str(n)))) for n in range(5000)]
    list(counting.found(every))
    assert read <= 2 * len(every)

from __future__ import annotations

from datetime import UTC, datetime

from gatehouse.kernel.ids import new_id


def test_the_first_48_bits_are_the_milliseconds_of_the_moment() -> None:
    made = new_id(datetime(2023, 5, 1, 8, 30, 0, 123_000, tzinfo=UTC))
    assert made.version == 7
    assert made.int >> 80 == 1_682_929_800_123


def test_identifiers_made_in_turn_sort_in_turn() -> None:
    made = [new_id() for _ in range(1000)]
    assert made == sorted(made)
    assert len(set(made)) == 1000

from __future__ import annotations

from gatehouse.web.wall.kept import Kept


def test_what_was_made_a_moment_ago_is_not_made_again() -> None:
    made = iter(range(10))
    kept = Kept[int](seconds=60)
    assert [kept.get("zh", lambda: next(made)) for _ in range(2)] == [0, 0]
    assert kept.get("en", lambda: next(made)) == 1
    kept.clear()
    assert kept.get("zh", lambda: next(made)) == 2


def test_what_is_old_is_made_anew() -> None:
    made = iter(range(10))
    kept = Kept[int](seconds=0)
    assert [kept.get("", lambda: next(made)) for _ in range(3)] == [0, 1, 2]

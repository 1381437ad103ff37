"""The wall's events: the board when it changed, a beat otherwise, and a thread only where there is one to spare."""

from __future__ import annotations

from threading import BoundedSemaphore

from gatehouse.web.wall.stream import Rhythm, digest, events

QUICK = Rhythm(every=0.001, lasts=0.2)


def test_the_board_comes_first_and_again_only_when_it_changed() -> None:
    two = "two\nlines"
    boards = iter(["one", "one", two, two])
    found = events(lambda: next(boards), "", QUICK, BoundedSemaphore(1))
    assert [next(found) for _ in range(5)] == [
        "retry: 2000\n\n",
        f"id: {digest('one')}\nevent: board\ndata: one\n\n",
        "event: beat\ndata: \n\n",
        f"id: {digest(two)}\nevent: board\ndata: two\ndata: lines\n\n",
        "event: beat\ndata: \n\n",
    ]


def test_who_comes_back_with_what_stands_there_hears_a_beat() -> None:
    found = events(lambda: "same", digest("same"), QUICK, BoundedSemaphore(1))
    assert [next(found), next(found)] == ["retry: 2000\n\n", "event: beat\ndata: \n\n"]


def test_a_stream_ends_by_itself_and_gives_its_place_back() -> None:
    places = BoundedSemaphore(1)
    assert len(list(events(lambda: "same", "", QUICK, places))) > 2
    assert places.acquire(blocking=False)


def test_one_too_many_is_answered_once() -> None:
    places = BoundedSemaphore(1)
    first = events(lambda: "same", "", QUICK, places)
    next(first)
    assert list(events(lambda: "same", "", QUICK, places)) == [
        "retry: 2000\n\n",
        f"id: {digest('same')}\nevent: board\ndata: same\n\n",
    ]
    first.close()
    assert places.acquire(blocking=False)

"""What a lane writes: before the door opens, and what became of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.device.made import NOW
from tests.gates.lanes import ledger, passage

from gatehouse.device.events import EventKind
from gatehouse.device.words import Direction
from gatehouse.gates.machine import Situation, State
from gatehouse.gates.passages import Passages
from gatehouse.kernel.errors import ConflictError


def test_a_passage_is_written_and_then_marked_with_what_became_of_it(tmp_path: Path) -> None:
    with ledger(tmp_path) as kept:
        passages = Passages(kept)
        written = [passages.record(passage())]
        passages.confirm()
        written.append(passages.record(passage()))
        passages.void()
        written.append(passages.record(passage()))
        passages.doubt()
        events = list(kept.events())
    assert [event.kind for event in events] == [
        EventKind.CROSSING,
        EventKind.PASSAGE_CONFIRMED,
        EventKind.CROSSING,
        EventKind.PASSAGE_VOID,
        EventKind.CROSSING,
        EventKind.PASSAGE_DOUBTFUL,
    ]
    for crossing, mark in zip(written, events[1::2], strict=True):
        assert json.loads(mark.body or "") == {
            "boot_epoch": crossing.boot_epoch,
            "sequence": crossing.sequence,
            "passage": crossing.hash,
        }


def test_one_traveller_is_one_transaction(tmp_path: Path) -> None:
    with ledger(tmp_path) as kept:
        passages = Passages(kept)
        passages.record(passage())
        with pytest.raises(ConflictError, match="a passage is under way"):
            passages.record(passage())
        passages.confirm()
        with pytest.raises(ConflictError, match="no passage is under way"):
            passages.void()
        assert [event.sequence for event in kept.events()] == [1, 2]


def test_after_a_crash_a_passage_whose_end_nobody_saw_is_doubtful(tmp_path: Path) -> None:
    with ledger(tmp_path) as kept:
        passages = Passages(kept)
        passages.record(passage())
        passages.uncleared(Direction.EXIT, NOW, Situation(state=State.EMERGENCY))
        passages.tell(Situation(state=State.EMERGENCY), 3)
    with ledger(tmp_path) as kept:
        assert Passages(kept).open is None
        assert Passages(kept).open is None
        kinds = [event.kind for event in kept.events()]
    assert kinds == [
        EventKind.CROSSING,
        EventKind.PASSAGE_UNCLEARED,
        EventKind.LANE,
        EventKind.PASSAGE_DOUBTFUL,
    ]

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from tests.device.made import DEVICE, NOW, ledger

from gatehouse.device.ledger import Backlog, Ledger, Outbox


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Ledger]:
    with ledger(tmp_path) as opened:
        yield opened


@pytest.fixture
def outbox(kept: Ledger) -> Iterator[Outbox]:
    opened = Outbox(kept.file, device=DEVICE)
    yield opened
    opened.close()


def test_what_waits_is_what_was_written_since_the_last_acknowledgement(kept: Ledger, outbox: Outbox) -> None:
    assert outbox.backlog == Backlog(0, None)
    events = [kept.append("passage", {"number": number}) for number in range(5)]
    assert outbox.waiting(most=3, largest=10**6) == events[:3]
    assert outbox.backlog == Backlog(5, NOW)
    outbox.acknowledge(3)
    assert outbox.waiting(most=9, largest=10**6) == events[3:]
    assert (outbox.oldest, outbox.newest, outbox.backlog.count) == (1, 5, 2)


def test_a_batch_is_bounded_but_never_empty(kept: Ledger, outbox: Outbox) -> None:
    events = [kept.append("passage", {"text": "x" * 100}) for _ in range(3)]
    assert outbox.waiting(most=9, largest=250) == events[:2]
    assert outbox.waiting(most=9, largest=1) == events[:1]


def test_what_was_delivered_is_forgotten_after_its_time_and_the_chain_stays(tmp_path: Path) -> None:
    kept = ledger(tmp_path)
    outbox = Outbox(kept.file, device=DEVICE)
    secret = "L898902C36UTO7408122F"
    for _ in range(3):
        kept.append("passage", {"mrz": secret})
    outbox.acknowledge(2)
    assert outbox.forget_delivered(before=NOW) == 0
    assert outbox.forget_delivered(before=NOW + timedelta(seconds=1)) == 2
    assert (outbox.oldest, [event.body is None for event in kept.events()]) == (3, [True, True, False])
    file = kept.file
    kept.close()
    outbox.close()
    with ledger(tmp_path) as again:  # the chain is looked at when it is opened
        assert again.append("passage", {}).sequence == 4
    assert file.read_bytes().count(secret.encode()) == 1

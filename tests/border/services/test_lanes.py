"""What the centre makes of a lane's ledger: each passage once, and what became of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import httpx
import pytest
from tests.device.made import NOW, clock
from tests.edge.handheld import through_django
from tests.gates.lanes import LANE, ledger, passage
from tests.monitoring.equipment import gate, register

from gatehouse.border.api import device_events_take
from gatehouse.border.models import Crossing, DeviceEvent
from gatehouse.device.delivery import Delivery
from gatehouse.device.events import EventKind, PassageMark
from gatehouse.device.ledger import Ledger, Outbox
from gatehouse.device.trusting import trusted_from
from gatehouse.device.words import Direction
from gatehouse.gates.machine import Event, Situation, State
from gatehouse.gates.passages import Passages
from gatehouse.kernel.clock import FixedClock
from gatehouse.monitoring.models import StateInterval
from gatehouse.platform.actors import Actor
from gatehouse.platform.services import device_register

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Ledger]:
    with ledger(tmp_path) as opened:
        yield opened


def deliver(kept: Ledger, token: str) -> int:
    outbox = Outbox(kept.file, device=LANE)
    client = httpx.Client(base_url="http://centre", transport=httpx.MockTransport(through_django))
    try:
        return Delivery(outbox, client, token).drain()
    finally:
        outbox.close()


def test_each_passage_is_recorded_once_with_what_became_of_it(kept: Ledger) -> None:
    token = device_register(name=LANE, port="TPE")
    passages = Passages(kept)
    for mark in (passages.confirm, passages.void, passages.doubt):
        passages.record(passage(crossed_at=clock().now()))
        mark()
    passages.uncleared(Direction.EXIT, NOW, Situation(state=State.EMERGENCY))
    passages.tell(Situation(state=State.HANDED_OVER, trouble=Event.ATTACK), 1)
    assert deliver(kept, token) == 8
    assert deliver(kept, token) == 0
    rows = Crossing.objects.order_by("recorded_at", "sequence")
    assert [(row.sequence, row.void, row.corrects_id is not None) for row in rows if row.sequence] == [
        (1, False, False),
        (3, False, False),
        (5, False, False),
    ]
    [voided] = Crossing.objects.filter(void=True)
    assert voided.corrects_id == Crossing.objects.get(sequence=3).id
    assert voided.recorded_by == f"device:{LANE}"
    said = {event.sequence: event.remarks for event in DeviceEvent.objects.filter(device=LANE)}
    assert [each["text"] for each in said[6]] == ["nobody saw whether passage %(sequence)d took place"]
    assert [each["parts"] for each in said[7]] == [{"direction": "exit", "state": "emergency"}]
    assert set(DeviceEvent.objects.values_list("state", flat=True)) == {"recorded"}


def test_a_mark_on_a_passage_that_is_not_recorded_is_set_aside(kept: Ledger) -> None:
    token = device_register(name=LANE, port="TPE")
    mark = PassageMark(boot_epoch=1, sequence=9, passage="0" * 64)
    kept.append(EventKind.PASSAGE_VOID, mark.plain())
    assert deliver(kept, token) == 1
    [event] = DeviceEvent.objects.all()
    assert event.state == "set aside"
    assert event.problem is not None
    assert event.problem["text"] == "no passage %(epoch)d/%(sequence)d of this lane is recorded"
    assert not Crossing.objects.exists()


def test_a_lanes_word_counts_by_our_clock_where_its_own_is_an_hour_behind(kept: Ledger) -> None:
    device_register(name=LANE, port="TPE")
    register(gate(LANE))
    behind = timedelta(hours=1)
    Passages(kept).tell(Situation(lists_fresh=True), 1, every_s=300)
    event = kept.last
    assert event is not None
    sent_at = datetime.fromisoformat(event.at) + timedelta(minutes=1)
    device_events_take(
        clock=FixedClock(sent_at + behind),
        device=Actor.device(LANE),
        port="TPE",
        events=[event],
        oldest=1,
        newest=1,
        waiting_since=None,
        sent_at=sent_at,
        trusted=trusted_from({}, pinned=()),
    )
    [interval] = StateInterval.objects.all()
    assert (interval.state, interval.start) == ("up", datetime.fromisoformat(event.at) + behind)

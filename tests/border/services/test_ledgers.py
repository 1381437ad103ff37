"""The ledgers of devices at the centre: gaps, forks, poison, and every order of deliveries."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import uuid4

import httpx
import pytest
from django.db import OperationalError, transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from tests.border.desk import passport
from tests.border.records import everything
from tests.device.made import DEVICE, NOW, clock
from tests.edge.handheld import SUPERVISOR_OF_LEDGERS, through_django

from gatehouse.border.api import Fork, Gap, LedgerView, device_event_retry, device_ledgers, ledger_counts
from gatehouse.border.models import Crossing, DeviceEvent
from gatehouse.device.delivery import Delivery, UnreachableError
from gatehouse.device.events import Crossed, EventKind
from gatehouse.device.ledger import Ledger, Outbox
from gatehouse.device.trusting import trusted_from
from gatehouse.device.words import Direction
from gatehouse.kernel.errors import ConflictError, ForbiddenError, NotFoundError
from gatehouse.platform.actors import Actor
from gatehouse.platform.services import device_register

pytestmark = pytest.mark.django_db


def passage(number: int) -> dict[str, Any]:
    at = NOW + timedelta(seconds=number)
    return Crossed(direction=Direction.EXIT, crossed_at=at, mrz=passport(document_number=f"D{number:08d}")).plain()


#: Power is not cut here, so that a disk in memory tells as much as a slow one.
_QUICK = "/dev/shm" if Path("/dev/shm").is_dir() else None


class Lane:
    """A lane with its ledger; the way to the centre can lose what is asked, or the answer."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.clock = folder, clock()
        self.token = device_register(name=DEVICE, port="TPE")
        self.count = 0
        self.lose_question = self.lose_answer = False
        self.open()

    @property
    def file(self) -> Path:
        return self.folder / "ledger.sqlite3"

    def open(self) -> None:
        self.clock.advance(timedelta(seconds=2))
        self.ledger = Ledger(self.file, device=DEVICE, clock=self.clock)
        self.outbox = Outbox(self.file, device=DEVICE)

    def close(self) -> None:
        self.ledger.close()
        self.outbox.close()

    def let_through(self) -> str:
        self.count += 1
        return self.ledger.append(EventKind.CROSSING, passage(self.count)).hash

    def answer(self, request: httpx.Request) -> httpx.Response:
        if self.lose_question:
            raise httpx.ConnectError("cut")
        answer = through_django(request)
        if self.lose_answer:
            raise httpx.ReadError("cut")
        return answer

    @property
    def delivery(self) -> Delivery:
        client = httpx.Client(base_url="http://centre", transport=httpx.MockTransport(self.answer))
        return Delivery(self.outbox, client, self.token)

    def copy(self, to: Path) -> None:
        """As a backup would, of a device that is at rest."""
        self.close()
        to.mkdir(parents=True, exist_ok=True)
        for file in self.folder.glob("ledger.sqlite3*"):
            shutil.copy(file, to)
        self.open()

    def restore(self, backup: Path) -> None:
        self.close()
        for file in self.folder.glob("ledger.sqlite3*"):
            file.unlink()
        for file in backup.iterdir():
            shutil.copy(file, self.folder)
        self.open()


@pytest.fixture
def lane(tmp_path: Path) -> Iterator[Lane]:
    (tmp_path / "lane").mkdir()
    made = Lane(tmp_path / "lane")
    yield made
    made.close()


def view() -> LedgerView:
    """Of the one ledger there is, of which the numbers for all say the same."""
    [found] = device_ledgers(reader=SUPERVISOR_OF_LEDGERS, device=DEVICE)
    counted = ledger_counts(reader=SUPERVISOR_OF_LEDGERS)
    assert (counted.devices, counted.not_whole) == (1, int(not found.is_whole))
    assert (counted.waiting, counted.waiting_since) == (found.waiting, found.waiting_since)
    return found


def test_a_lane_delivers_its_passages_by_the_same_ledger(lane: Lane) -> None:
    for _ in range(450):
        lane.let_through()
    sent = []
    lane.delivery.drain(told=lambda done: sent.append((done.sent, done.waiting)))
    assert sent == [(200, 250), (200, 50), (50, 0)]
    assert list(Crossing.objects.order_by("sequence").values_list("sequence", flat=True)) == list(range(1, 451))
    found = view()
    assert (found.received, found.waiting, found.waiting_since, found.is_whole) == (450, 0, None, True)


def test_what_waits_and_since_when_is_known_though_nothing_was_sent(lane: Lane) -> None:
    lane.let_through()
    lane.outbox.waiting = lambda **_: []  # type: ignore[method-assign]
    lane.delivery.deliver_once()
    found = view()
    assert (found.received, found.waiting) == (0, 1)
    assert found.backlog_age(lane.clock.now() + timedelta(minutes=3)) == timedelta(minutes=3)


def test_a_ledger_put_back_from_a_copy_is_a_fork_and_loses_nothing(lane: Lane, tmp_path: Path) -> None:
    lane.let_through()
    lane.copy(tmp_path / "backup")
    lane.let_through()
    lane.let_through()
    assert lane.delivery.drain() == 3
    lane.restore(tmp_path / "backup")
    lane.let_through()
    lane.let_through()
    assert lane.delivery.drain() == 3
    found = view()
    assert [(fork.sequence, len(fork.received)) for fork in found.forks] == [(2, 2)]
    assert (found.gaps, found.set_aside, found.is_whole) == ((), (), False)
    numbers = {each.document_number for each in Crossing.objects.all()}
    assert numbers == {f"D{number:08d}" for number in range(1, 6)}
    assert isinstance(found.forks[0], Fork)


def test_a_ledger_begun_anew_is_a_fork_at_its_first_event(lane: Lane, tmp_path: Path) -> None:
    lane.copy(tmp_path / "empty")
    lane.let_through()
    lane.delivery.drain()
    lane.restore(tmp_path / "empty")
    lane.let_through()
    lane.delivery.drain()
    assert [fork.sequence for fork in view().forks] == [1]
    assert Crossing.objects.count() == 2


def test_what_the_centre_lost_is_asked_for_again(lane: Lane) -> None:
    for _ in range(4):
        lane.let_through()
    lane.delivery.drain()
    DeviceEvent.objects.filter(sequence__gte=2).delete()  # the centre was put back to an hour ago
    lane.let_through()
    lane.delivery.drain()
    assert list(DeviceEvent.objects.order_by("sequence").values_list("sequence", "state")) == [
        (number, "recorded") for number in range(1, 6)
    ]
    assert view().is_whole


def test_what_can_be_sent_no_more_is_a_gap_that_stays_to_be_seen(lane: Lane) -> None:
    for _ in range(4):
        lane.let_through()
    lane.delivery.drain()
    lane.outbox.forget_delivered(before=lane.clock.now() + timedelta(days=1))
    DeviceEvent.objects.filter(sequence__gte=3).delete()
    lane.let_through()
    lane.delivery.drain()
    found = view()
    assert found.gaps == (Gap(3, 4),)
    assert (found.received, found.waiting, found.is_whole) == (3, 0, False)


def test_an_event_that_was_set_aside_is_recorded_once_its_cause_is_gone(lane: Lane) -> None:
    lane.ledger.append(EventKind.CROSSING, {**passage(1), "mrz": "no zone"})
    lane.let_through()
    lane.delivery.drain()
    [aside] = view().set_aside
    assert (aside.sequence, Crossing.objects.count()) == (1, 1)
    asked: dict[str, Any] = {
        "clock": lane.clock,
        "actor": SUPERVISOR_OF_LEDGERS,
        "event": aside.event,
        "port": "TPE",
        "trusted": trusted_from({}),
    }
    assert device_event_retry(**asked) == aside.problem
    right = lane.ledger.append(EventKind.CROSSING, passage(9))
    DeviceEvent.objects.filter(pk=aside.event).update(
        body=right.body,
        body_digest=right.body_digest,
        hash=right.hash,
        previous=right.previous,
        boot_epoch=right.boot_epoch,
        sequence=right.sequence,
        at=right.at,
    )
    assert device_event_retry(**asked) is None
    assert (Crossing.objects.count(), view().set_aside) == (2, ())
    with pytest.raises(ConflictError, match="was recorded before"):
        device_event_retry(**asked)
    with pytest.raises(ForbiddenError):
        device_event_retry(**{**asked, "actor": Actor.device(DEVICE)})
    with pytest.raises(NotFoundError):
        device_event_retry(**{**asked, "event": uuid4()})


def test_an_event_that_was_changed_on_its_way_is_set_aside(lane: Lane) -> None:
    lane.let_through()
    plain = lane.outbox.waiting

    def changed(**bounds: int) -> list[Any]:
        return [event.__class__(**{**_fields(event), "body": "{}"}) for event in plain(**bounds)]

    lane.outbox.waiting = changed  # type: ignore[method-assign]
    lane.delivery.deliver_once()
    assert str(view().set_aside[0].problem).startswith("the event is not what its hash was made of")
    assert not Crossing.objects.exists()


def _fields(event: Any) -> dict[str, Any]:
    return {name: getattr(event, name) for name in event.__dataclass_fields__}


def test_a_failure_of_the_database_is_no_fault_of_the_event(lane: Lane, monkeypatch: pytest.MonkeyPatch) -> None:
    lane.let_through()
    before = everything()

    def gone(*_: Any) -> Any:
        raise OperationalError("the server closed the connection")

    monkeypatch.setattr("gatehouse.border.services.ledgers.effect", gone)
    with pytest.raises(OperationalError), transaction.atomic():
        lane.delivery.deliver_once()
    assert everything() == before
    assert lane.outbox.acknowledged == 0

    def broken(*_: Any) -> Any:
        raise ZeroDivisionError

    monkeypatch.setattr("gatehouse.border.services.ledgers.effect", broken)
    lane.delivery.deliver_once()
    assert str(view().set_aside[0].problem) == "the centre failed over it: ZeroDivisionError"


class Deliveries(RuleBasedStateMachine):
    """Passages, restarts, lost questions and answers, copies put back, a centre that lost its newest: in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.around = transaction.atomic()
        self.around.__enter__()
        self.folder = TemporaryDirectory(dir=_QUICK)
        (Path(self.folder.name) / "lane").mkdir()
        self.lane = Lane(Path(self.folder.name) / "lane")
        self.backup = Path(self.folder.name) / "backup"
        #: Every event that was ever promised, and those of them that only a copy put back has forgotten.
        self.promised: list[str] = []
        self.forked = False
        self.copied_at: int | None = None

    @rule(count=st.integers(1, 4))
    def let_through(self, count: int) -> None:
        self.promised += [self.lane.let_through() for _ in range(count)]

    @rule()
    def restart(self) -> None:
        self.lane.close()
        self.lane.open()

    @rule(fate=st.sampled_from(["arrives", "arrives", "question lost", "answer lost"]))
    def deliver(self, fate: str) -> None:
        self.lane.lose_question, self.lane.lose_answer = fate == "question lost", fate == "answer lost"
        with suppress(UnreachableError):
            self.lane.delivery.deliver_once()
        self.lane.lose_question = self.lane.lose_answer = False

    @rule()
    def an_acknowledgement_is_forgotten(self) -> None:
        self.lane.outbox.acknowledge(0)

    @rule()
    def copy(self) -> None:
        self.lane.copy(self.backup)
        self.copied_at = self.lane.outbox.newest

    @precondition(lambda self: self.copied_at is not None)
    @rule()
    def put_the_copy_back(self) -> None:
        """After everything was delivered: what only a lost disk held, no protocol brings back."""
        self.lane.delivery.drain()
        self.forked |= self.lane.outbox.newest > (self.copied_at or 0)
        self.lane.restore(self.backup)
        if self.forked:
            self.promised.append(self.lane.let_through())
        self.lane.copy(self.backup)
        self.copied_at = self.lane.outbox.newest

    @invariant()
    def nothing_is_recorded_twice_or_without_a_promise(self) -> None:
        recorded = list(DeviceEvent.objects.values_list("hash", flat=True))
        assert len(recorded) == len(set(recorded)) == Crossing.objects.count()
        assert set(recorded) <= set(self.promised)

    def teardown(self) -> None:
        try:
            self.lane.delivery.drain()
            recorded = set(DeviceEvent.objects.values_list("hash", flat=True))
            assert recorded == set(self.promised)
            if self.promised:
                found = view()
                assert (found.gaps, found.set_aside, found.waiting) == ((), (), 0)
                assert bool(found.forks) == self.forked
        finally:
            self.lane.close()
            self.folder.cleanup()
            transaction.set_rollback(True)
            self.around.__exit__(None, None, None)


def test_in_any_order_nothing_is_lost_nothing_doubled_and_forks_are_seen() -> None:
    run_state_machine_as_test(Deliveries, settings=settings(max_examples=40, stateful_step_count=20))

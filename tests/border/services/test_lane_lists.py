"""What the centre issues to a lane, and the lane's own way to it."""

from __future__ import annotations

import asyncio
import json
import os
from base64 import b64encode
from datetime import timedelta
from pathlib import Path

import pytest
from tests.asynchronous import run
from tests.border.desk import SUPERVISOR, TW
from tests.device.made import CENTRE, NOW, clock
from tests.edge.serving import Server
from tests.gates.lanes import LANE, ledger, passage
from tests.travellers.test_enrolments import enrol

from gatehouse.audit.models import Leaf
from gatehouse.border.api import lane_lists_issue
from gatehouse.border.models import Crossing
from gatehouse.device import lane_lists
from gatehouse.device.bundle import TrustLists
from gatehouse.device.desk_ticket import key_of_token
from gatehouse.device.lane_lists import Known, LaneLists
from gatehouse.device.ledger import Outbox
from gatehouse.device.registration import Registration
from gatehouse.gates.centre import ListsFile, deliver
from gatehouse.gates.passages import Passages
from gatehouse.kernel.clock import FixedClock
from gatehouse.kernel.errors import ForbiddenError, NotFoundError, RefusedError, UnreadableError
from gatehouse.law.egate import Status
from gatehouse.platform.actors import Actor
from gatehouse.platform.services import device_register
from gatehouse.watchlist.api import ListKind, entry_add

pytestmark = pytest.mark.django_db
ISSUER = Actor.system("operator")
KEY = b64encode(CENTRE.public_key().public_bytes_raw()).decode()


def issue(hours: int = 24, at: FixedClock | None = None, actor: Actor = ISSUER) -> tuple[LaneLists, bytes]:
    return lane_lists_issue(
        clock=at or clock(), actor=actor, lane=LANE, hours=hours, trust=TrustLists(), key=CENTRE, profile=TW
    )


def test_lists_hold_who_is_enrolled_and_whom_the_lists_name_for_this_lane_alone(tmp_path: Path) -> None:
    enrol(tmp_path)
    token = device_register(name=LANE, port="TPE")
    entry_add(
        clock=clock(),
        actor=SUPERVISOR,
        kind=ListKind.LOST_DOCUMENT,
        authority="court",
        valid_from=NOW.date() - timedelta(days=1),
        profile=TW,
        issuer="UTO",
        number="L898902C3",
        basis="reported",
    )
    issued, data = issue()
    read = lane_lists.opened(data, centre=CENTRE.public_key(), lane=LANE, seen=0, now=NOW)
    assert read == issued
    key = read.open_key(key_of_token(token))
    assert read.of_document(key, "UTO", "L898902C3") == Known(status=Status.VISITOR, enrolled=True)
    assert len(read.watch_index) == 1
    assert (read.serial, read.expires) == (int(NOW.timestamp()), NOW + timedelta(hours=24))
    assert b"L898902C3" not in data
    with pytest.raises(ForbiddenError):
        read.open_key(bytes(32))
    assert Leaf.objects.filter(body__contains='"action":"border.lane_lists_issue"').count() == 1


def test_who_may_not_issue_and_what_cannot_be_issued() -> None:
    with pytest.raises(NotFoundError):
        issue()
    device_register(name=LANE, port="TPE")
    with pytest.raises(ForbiddenError):
        issue(actor=Actor.device(LANE))
    for hours in (0, 169):
        with pytest.raises(RefusedError, match="1 to 168 hours"):
            issue(hours)
    assert not Leaf.objects.filter(body__contains="lane_lists_issue").exists()


def test_a_lane_takes_newer_lists_from_its_file_and_older_ones_never(tmp_path: Path) -> None:
    token = device_register(name=LANE, port="TPE")
    file, later = tmp_path / "lists", FixedClock(NOW + timedelta(hours=1))
    registration = Registration(device=LANE, port="TPE", token=token)
    _, first = issue()
    _, second = issue(at=later)
    with ledger(tmp_path, later) as kept:
        lists = ListsFile(file, key=KEY, registration=registration, ledger=kept, clock=later)
        assert lists.newer() is None
        file.write_bytes(first)
        judge = lists.newer()
        assert judge is not None
        assert judge.lists.serial == int(NOW.timestamp())
        assert lists.newer() is None
        for data, serial in ((second, int(NOW.timestamp()) + 3600), (first, None), (second[:-1] + b" ", None)):
            file.write_bytes(data)
            os.utime(file, ns=(serial or 1, serial or 1))
            judge = lists.newer()
            assert (judge.lists.serial if judge else None) == serial
        assert kept.recall("highest lists") == str(int(NOW.timestamp()) + 3600)


@pytest.mark.real
@pytest.mark.django_db(transaction=True)
def test_a_lane_delivers_its_ledger_by_itself_and_through_a_centre_that_comes_late(tmp_path: Path) -> None:
    registration = Registration(device=LANE, port="TPE", token=device_register(name=LANE, port="TPE"))
    server = Server("--workers=1")

    async def send(file: Path) -> None:
        sending = asyncio.create_task(
            deliver(file, address=f"http://127.0.0.1:{server.port}", registration=registration, clock=clock())
        )
        await asyncio.sleep(0.3)
        server.start()
        outbox = Outbox(file, device=LANE)
        async with asyncio.timeout(60):
            while outbox.backlog.count:
                await asyncio.sleep(0.05)
        outbox.close()
        sending.cancel()
        await asyncio.gather(sending, return_exceptions=True)

    try:
        with ledger(tmp_path) as kept:
            passages = Passages(kept)
            for _ in range(3):
                passages.record(passage())
                passages.confirm()
            run(send(kept.file))
    finally:
        server.kill()
    assert Crossing.objects.count() == 3


def test_a_registration_is_for_its_owner_alone(tmp_path: Path) -> None:
    file = tmp_path / "lane.json"
    with pytest.raises(UnreadableError, match="gatehouse device register makes it"):
        Registration.load(file)
    file.write_text(json.dumps({"device": LANE, "port": "TPE", "token": "t"}))
    file.chmod(0o644)
    with pytest.raises(UnreadableError, match="can be read by others"):
        Registration.load(file)
    file.chmod(0o600)
    assert Registration.load(file).device == LANE
    file.write_text("{}")
    with pytest.raises(UnreadableError, match="is not what gatehouse device register"):
        Registration.load(file)

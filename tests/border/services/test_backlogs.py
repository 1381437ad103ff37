"""Devices that come back together: backlogs are taken a few at a time, and what is live at once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connection
from tests.border.services.test_lanes import deliver
from tests.gates.lanes import LANE, ledger, passage

from gatehouse.border.models import Crossing, DeviceEvent
from gatehouse.border.services.ledgers import BACKLOGS_AT_ONCE
from gatehouse.device.delivery import BusyCentreError
from gatehouse.gates.passages import Passages
from gatehouse.platform.services import device_register

pytestmark = pytest.mark.django_db


@contextmanager
def held_elsewhere(places: int) -> Iterator[None]:
    """So many backlogs are being taken by other connections."""
    other = connection.copy()
    with other.cursor() as cursor:
        for place in range(places):
            cursor.execute("SELECT pg_advisory_lock(hashtextextended(%s, 0))", [f"backlog of a device {place}"])
    try:
        yield
    finally:
        other.close()


def test_a_backlog_waits_for_its_place_and_a_live_passage_for_none(tmp_path: Path) -> None:
    token = device_register(name=LANE, port="TPE")
    with ledger(tmp_path) as kept:
        passages = Passages(kept)
        for _ in range(9):
            passages.record(passage())
            passages.confirm()
        with held_elsewhere(BACKLOGS_AT_ONCE):
            with pytest.raises(BusyCentreError, match="other backlogs are being taken"):
                deliver(kept, token)
            assert not DeviceEvent.objects.exists()
        with held_elsewhere(BACKLOGS_AT_ONCE - 1):
            assert deliver(kept, token) == 18
        passages.record(passage())
        passages.confirm()
        with held_elsewhere(BACKLOGS_AT_ONCE):
            assert deliver(kept, token) == 2
        assert Crossing.objects.count() == 10


def test_a_place_is_given_back(tmp_path: Path) -> None:
    token = device_register(name=LANE, port="TPE")
    with ledger(tmp_path) as kept:
        for _ in range(BACKLOGS_AT_ONCE + 1):
            for _ in range(9):
                passages = Passages(kept)
                passages.record(passage())
                passages.confirm()
            assert deliver(kept, token) == 18
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()")
        assert cursor.fetchone()[0] <= 1 + 2 * BACKLOGS_AT_ONCE

"""The centre was restored to a moment before: devices bring back what they hold, and what is lost is said."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import connection
from tests.edge.handheld import Handheld, states

from gatehouse.audit.api import kept_outside, sequence_once
from gatehouse.border.models import DeviceContact
from gatehouse.kernel.clock import SystemClock
from gatehouse.kernel.errors import RefusedError

pytestmark = pytest.mark.django_db(transaction=True)


def forget_after(sequence: int) -> None:
    """What a restore does: whatever came after a moment is gone, whole transactions of it."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")  # no trigger keeps it
        cursor.execute("SELECT tablename FROM pg_tables WHERE tablename ~ '^border_' AND tablename !~ 'device|bundle'")
        for (table,) in cursor.fetchall():
            cursor.execute(f"DELETE FROM {table}")
        cursor.execute("DELETE FROM border_deviceevent WHERE sequence > %s", [sequence])
        cursor.execute("SET session_replication_role = origin")


def test_an_idle_device_is_told_and_sends_again_what_the_centre_lost(tmp_path: Path) -> None:
    handheld = Handheld(tmp_path)
    handheld.sign_on()
    handheld.inspect()
    sent = handheld.deliver()
    before = states()
    assert sent == len(before) > 1
    assert handheld.deliver() == 0
    DeviceContact.objects.update(acknowledged=1)
    forget_after(1)
    assert len(states()) == 1
    # it has nothing to say, and is told that the centre misses something
    assert handheld.deliver() == sent
    assert states() == before
    assert handheld.seen_by_centre.is_whole


def test_a_tree_that_was_cut_off_is_not_signed_over(tmp_path: Path) -> None:
    Handheld(tmp_path)
    clock = SystemClock()
    sequence_once(clock=clock)
    size = kept_outside().size
    assert size > 0
    assert (kept_outside().lost, kept_outside().forked) == (0, False)
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("DELETE FROM audit_entry WHERE index = %s", [size - 1])
        cursor.execute("SET session_replication_role = origin")
    assert (kept_outside().size, kept_outside().lost) == (size - 1, 1)
    with pytest.raises(RefusedError, match="it was cut off"):
        sequence_once(clock=clock)

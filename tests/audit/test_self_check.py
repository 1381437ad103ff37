"""The database's own log against what was kept outside, whatever an administrator of the database does to it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from gatehouse.audit.kept import read_keys, read_notes
from gatehouse.audit.models import Leaf, Payload
from gatehouse.audit.self_check import verify_database
from gatehouse.audit.sequencer import sequence_once
from gatehouse.audit.services import leaf_append
from gatehouse.kernel.clock import FixedClock
from gatehouse.platform.config import config

CLOCK = FixedClock(datetime(2026, 11, 22, 10, 0, tzinfo=UTC))
OTHER_LEAF = '{"action":"nothing"}'


@pytest.fixture
def leaves(db: None) -> list[UUID]:
    """Twelve leaves, signed after eight and after all."""
    made: list[UUID] = []
    for count in (8, 4):
        made += [leaf_append(clock=CLOCK, actor="user:chen", action="test.act", subject=f"p-{n}") for n in range(count)]
        sequence_once(clock=CLOCK)
    return made


def as_administrator(statement: str, *parameters: Any) -> None:
    """Who owns the tables can switch off every guard in them."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(statement, parameters)
        cursor.execute("SET session_replication_role = origin")


def found() -> tuple[int, int, tuple[int, str] | None]:
    folder = config().audit_kept
    verdict = verify_database(list(read_notes(folder)), read_keys(None, folder))
    bad = verdict.first_bad
    return (verdict.size, verdict.vouched, (bad.index, str(bad.reason)) if bad else None)


def test_a_whole_log_holds(leaves: list[UUID]) -> None:
    assert found() == (12, 12, None)


def test_it_holds_without_its_payloads(leaves: list[UUID]) -> None:
    Payload.objects.all().delete()
    assert found() == (12, 12, None)


def test_a_changed_leaf(leaves: list[UUID]) -> None:
    as_administrator("UPDATE audit_leaf SET body = %s WHERE id = %s", OTHER_LEAF, leaves[5])
    assert found()[2] == (5, "the leaf does not match its hash: one of them was changed")


def test_a_leaf_changed_with_its_hash_lies_between_two_checkpoints(leaves: list[UUID]) -> None:
    as_administrator("UPDATE audit_leaf SET body = %s WHERE id = %s", OTHER_LEAF, leaves[9])
    as_administrator(
        "UPDATE audit_entry SET leaf_hash = sha256('\\x00'::bytea || %s::bytea) WHERE index = 9", OTHER_LEAF.encode()
    )
    assert found()[2] == (
        8,
        (
            "the tree differs from the checkpoint signed for 12 entries: of the entries 8 to 11 one was rewritten, "
            "and all hashes after it (a fork)"
        ),
    )


def test_a_deleted_leaf(leaves: list[UUID]) -> None:
    as_administrator("DELETE FROM audit_leaf WHERE id = %s", leaves[3])
    assert found()[2] == (3, "entry 4 stands here: the entry before it was deleted or moved")


def test_a_log_cut_off(leaves: list[UUID]) -> None:
    as_administrator("DELETE FROM audit_entry WHERE index >= 10")
    as_administrator("DELETE FROM audit_signedcheckpoint WHERE size > 10")
    assert found()[2] == (
        10,
        "the log ends after 10 entries, but a checkpoint was signed for 12: it was cut off",
    )


@pytest.mark.parametrize("change", ["body = replace(body, 'chen', 'wang')", "subject = 'p-2'", "salt = '\\x00'"])
def test_a_changed_payload(leaves: list[UUID], change: str) -> None:
    as_administrator(f"UPDATE audit_payload SET {change} WHERE leaf_id = %s", leaves[7])
    assert found() == (12, 12, (7, "what this entry commits to was changed beside the tree"))


def test_a_leaf_taken_from_the_queue(leaves: list[UUID]) -> None:
    late = leaf_append(clock=CLOCK, actor="user:chen", action="test.act")
    assert found() == (12, 12, None)
    as_administrator("DELETE FROM audit_pending WHERE leaf_id = %s", late)
    assert found()[2] == (12, "1 leaves neither have a place in the tree nor wait for one")
    assert Leaf.objects.count() == 13

"""Leaves are written with what they witness, and the database keeps them as they are."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from gatehouse.audit import domain
from gatehouse.audit.models import Entry, Leaf, Node, Payload, Pending, SignedCheckpoint
from gatehouse.audit.selectors import looks_at
from gatehouse.audit.sequencer import sequence_once
from gatehouse.audit.services import leaf_append, look_record, payload_erase
from gatehouse.kernel.clock import FixedClock
from gatehouse.kernel.errors import RefusedError
from gatehouse.platform.actors import Actor, ActorKind
from gatehouse.platform.config import Mode, config
from gatehouse.platform.permissions import Purpose

CLOCK = FixedClock(datetime(2026, 11, 22, 10, 0, tzinfo=UTC))
LOOK: dict[str, Any] = {
    "clock": CLOCK,
    "reader": Actor(ActorKind.USER, "chen", frozenset(), purposes=frozenset(Purpose)),
    "subject": "p-1",
    "shown": ["stays"],
    "searched_by": ["document number"],
}


@pytest.mark.django_db
def test_a_leaf_of_a_training_says_so_for_good(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(config(), "mode", Mode.TRAINING)
    leaf_append(clock=CLOCK, actor="user:chen", action="crossing.record")
    assert json.loads(Leaf.objects.get().body)["mode"] == "training"


@pytest.mark.django_db
def test_a_leaf_commits_to_its_payload_and_names_nobody() -> None:
    leaf_id = leaf_append(
        clock=CLOCK, actor="user:chen", action="crossing.record", subject="p-1", site="TPE-1", detail={"n": 1}
    )
    leaf, payload = Leaf.objects.get(), Payload.objects.get()
    envelope = json.loads(leaf.body)
    assert envelope == {
        "v": 1,
        "id": str(leaf_id),
        "time": "2026-11-22T10:00:00.000000+00:00",
        "action": "crossing.record",
        "purpose": None,
        "site": "TPE-1",
        "commitment": domain.commitment(bytes(payload.salt), payload.body),
    }
    assert json.loads(payload.body) == {"actor": "user:chen", "subject": "p-1", "case": None, "detail": {"n": 1}}
    assert (len(payload.salt), payload.subject) == (32, "p-1")
    assert Pending.objects.get().leaf_id == leaf_id


@pytest.mark.django_db(transaction=True)
def test_a_leaf_outside_a_transaction_is_refused() -> None:
    with pytest.raises(RuntimeError, match="in the transaction of what it witnesses"):
        leaf_append(clock=CLOCK, actor="user:chen", action="crossing.record")
    assert not Leaf.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_leaf_goes_with_its_act() -> None:
    with transaction.atomic():
        leaf_append(clock=CLOCK, actor="user:chen", action="crossing.record")
        transaction.set_rollback(True)
    assert not Leaf.objects.exists()
    assert not Pending.objects.exists()


@pytest.mark.django_db
def test_a_look_leaves_the_fields_of_article_46() -> None:
    leaf_id = look_record(**LOOK, purpose="case", case="C-7", site="TPE-1")
    look_record(**{**LOOK, "subject": "p-2"}, purpose="border_check")
    leaf_append(clock=CLOCK, actor="user:chen", action="crossing.record", subject="p-1")
    (look,) = looks_at("p-1")
    assert (look.leaf_id, look.at, look.purpose, look.site) == (leaf_id, CLOCK.now(), "case", "TPE-1")
    assert (look.actor, look.case) == ("user:chen", "C-7")
    assert look.detail == {
        "authority": {"zh-hant": "內政部移民署", "en": "National Immigration Agency"},
        "shown": ["stays"],
        "searched_by": ["document number"],
        "reason": None,
    }


@pytest.mark.django_db
@pytest.mark.parametrize("purpose", [None, "curiosity", "law_enforcement"])
def test_a_look_without_purpose_or_reason_leaves_nothing(purpose: str | None) -> None:
    with pytest.raises(RefusedError):
        look_record(**LOOK, purpose=purpose)
    assert not Leaf.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("model", [Leaf, Entry, SignedCheckpoint, Node])
@pytest.mark.parametrize("change", ["UPDATE {} SET {} = {}", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
def test_the_database_refuses_to_change_the_tree(model: Any, change: str) -> None:
    for _ in range(256):
        leaf_append(clock=CLOCK, actor="user:chen", action="crossing.record")
    sequence_once(clock=CLOCK)
    before = list(model.objects.values())
    table, column = model._meta.db_table, model._meta.fields[-1].column
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER {table}_no_truncate")
        with pytest.raises(IntegrityError, match="is append-only"), transaction.atomic():
            cursor.execute(change.format(table, column, column))
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {table}_no_truncate")
    assert before
    assert list(model.objects.values()) == before


@pytest.mark.django_db
def test_a_leaf_without_a_place_cannot_stop_waiting() -> None:
    leaf_append(clock=CLOCK, actor="user:chen", action="crossing.record")
    with pytest.raises(IntegrityError, match="cannot stop waiting"), transaction.atomic():
        Pending.objects.all().delete()
    assert Pending.objects.count() == 1


@pytest.mark.django_db
def test_a_payload_is_erased_but_never_changed() -> None:
    leaf_id = look_record(**LOOK, purpose="border_check")
    with pytest.raises(IntegrityError, match="is append-only"), transaction.atomic():
        Payload.objects.update(body="{}")
    assert payload_erase(clock=CLOCK, actor="system:retention", leaves=[leaf_id], reason="kept for 5 years") == 1
    assert not Payload.objects.filter(leaf_id=leaf_id).exists()
    assert Leaf.objects.filter(id=leaf_id).exists()
    assert list(looks_at("p-1")) == []
    assert json.loads(Payload.objects.get().body)["detail"] == {
        "leaves": [str(leaf_id)],
        "erased": 1,
        "reason": "kept for 5 years",
    }

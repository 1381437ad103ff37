"""What goes into a leaf, and what a look has to say for itself."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID

import pytest

from gatehouse.audit.domain import commitment, leaf_text, payload_text, purpose_of
from gatehouse.kernel.errors import RefusedError
from gatehouse.platform.actors import Actor, ActorKind
from gatehouse.platform.permissions import Purpose

READER = Actor(ActorKind.USER, "lin", frozenset(), purposes=frozenset(Purpose))


def test_a_leaf_as_it_stands_in_the_tree() -> None:
    text = leaf_text(
        id=UUID(int=1),
        at=datetime(2026, 11, 22, 18, 30, tzinfo=timezone(timedelta(hours=8))),
        action="person.look",
        purpose="border_check",
        site="TPE-1",
        commitment="c0",
    )
    assert text == (
        '{"action":"person.look","commitment":"c0","id":"00000000-0000-0000-0000-000000000001",'
        '"purpose":"border_check","site":"TPE-1","time":"2026-11-22T10:30:00.000000+00:00","v":1}'
    )


def test_a_payload_is_written_in_one_way() -> None:
    text = payload_text(actor="user:chen", subject="p-1", case=None, detail={"b": 1, "a": "移民"})
    assert text == '{"actor":"user:chen","case":null,"detail":{"a":"移民","b":1},"subject":"p-1"}'


def test_a_commitment_says_nothing_without_its_salt() -> None:
    assert commitment(bytes(32), "{}") == "22f8eea909400af98adf3681a9f31923ef6b7fcba4abb553d92823a3e9d5c25e"
    assert commitment(bytes(32), "{}") != commitment(b"\x01" * 32, "{}")


@pytest.mark.parametrize("actor", ["chen", "user:", "user:two words", "nobody:x", ""])
def test_an_actor_is_named(actor: str) -> None:
    with pytest.raises(ValueError, match="an actor is"):
        payload_text(actor=actor, subject=None, case=None, detail={})


@pytest.mark.parametrize("action", ["look", "Person.look", "person.", "person look"])
def test_an_action_is_named(action: str) -> None:
    with pytest.raises(ValueError, match="an action is"):
        leaf_text(id=UUID(int=1), at=datetime.now(UTC), action=action, purpose=None, site=None, commitment="")


@pytest.mark.parametrize("purpose", [None, "", "curiosity"])
def test_a_look_without_a_purpose_is_refused(purpose: str | None) -> None:
    with pytest.raises(RefusedError, match="needs a purpose"):
        purpose_of(purpose, reader=READER, case="C-1", reason="because")


@pytest.mark.parametrize("purpose", Purpose)
def test_away_from_the_lane_a_look_needs_a_case_or_a_reason(purpose: str | None) -> None:
    assert purpose_of(purpose, reader=READER, case="C-1", reason=None) is purpose
    assert purpose_of(purpose, reader=READER, case=None, reason="asked for by letter") is purpose
    if purpose in (Purpose.BORDER_CHECK, Purpose.SECOND_LINE_CHECK):
        assert purpose_of(purpose, reader=READER, case=None, reason=None) is purpose
    else:
        with pytest.raises(RefusedError, match="needs a case or a reason"):
            purpose_of(purpose, reader=READER, case=None, reason="")

"""A person is told who looked at their records, and why: all of it, no officer's name, and nobody else's looks."""

from __future__ import annotations

import json
from contextlib import nullcontext
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from gatehouse.audit.api import person_answer
from gatehouse.audit.models import Leaf
from gatehouse.audit.selectors import looks_at
from gatehouse.audit.sequencer import sequence_once
from gatehouse.audit.services import look_record
from gatehouse.kernel.clock import FixedClock
from gatehouse.kernel.errors import ForbiddenError, RefusedError
from gatehouse.platform.actors import Actor, ActorKind
from gatehouse.platform.permissions import Purpose
from tests.cli.running import run

PERSON = "0193a000-0000-7000-8000-000000000001"
OTHER = "0193a000-0000-7000-8000-000000000002"
CLOCK = FixedClock(datetime(2026, 11, 22, 10, 0, tzinfo=UTC))
CHEN = Actor(ActorKind.USER, "chen", frozenset(), purposes=frozenset(Purpose))


@pytest.fixture
def looked(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gatehouse.cli.audit.answer.open_store", nullcontext)
    for number, (subject, purpose) in enumerate(
        [(PERSON, "border_check"), (OTHER, "case"), (PERSON, "law_enforcement"), (PERSON, "quality_control")]
    ):
        look_record(
            clock=FixedClock(CLOCK.now() + timedelta(minutes=number)),
            reader=CHEN,
            subject=subject,
            purpose=purpose,
            shown=["name"],
            searched_by=["inspection"],
            site="TPE",
            reason="why it was",
        )
    sequence_once(clock=CLOCK)


def asked(capsys: Any, *more: str) -> tuple[int, list[dict[str, Any]], str, str]:
    code, out, err = run(capsys, "audit", "answer", PERSON, "--reason", "letter 7", "--json", *more)
    return code, json.loads(out)["looks"], out, err


def test_every_look_is_told_without_the_officer_and_asking_is_a_look(
    looked: None, capsys: pytest.CaptureFixture[str]
) -> None:
    code, looks, out, err = asked(capsys)
    assert (code, err) == (0, "gatehouse: 1 looks are withheld\n")
    assert [(look["purpose"], look["at"], look["index"]) for look in looks] == [
        ("quality_control", "2026-11-22T10:03:00+00:00", 3),
        ("border_check", "2026-11-22T10:00:00+00:00", 0),
    ]
    assert looks[0]["shown"] == ["name"]
    assert (looks[0]["searched_by"], looks[0]["site"]) == (["inspection"], "TPE")
    assert Leaf.objects.filter(id=looks[0]["leaf"]).exists()
    assert "chen" not in out
    assert "why it was" not in out
    last = next(looks_at(PERSON))
    assert (last.purpose, last.actor, last.detail["reason"]) == ("person_request", "system:command_line", "letter 7")
    _, again, _, _ = asked(capsys)
    assert [look["purpose"] for look in again] == ["person_request", "quality_control", "border_check"]


def test_what_is_restricted_is_told_where_it_may_be(looked: None, capsys: pytest.CaptureFixture[str]) -> None:
    _, looks, _, err = asked(capsys, "--lift")
    assert ([look["purpose"] for look in looks], err) == (["quality_control", "law_enforcement", "border_check"], "")


def test_who_may_not_answer_and_who_says_no_reason_learns_nothing(looked: None) -> None:
    before = Leaf.objects.count()
    engineer = Actor(ActorKind.USER, "ma", frozenset())
    with pytest.raises(ForbiddenError):
        person_answer(clock=CLOCK, reader=engineer, subject=PERSON, reason="letter 7")
    with pytest.raises(RefusedError):
        person_answer(clock=CLOCK, reader=CHEN, subject=PERSON, reason=" ")
    assert Leaf.objects.count() == before


def test_of_whom_nobody_looked_that_is_said(looked: None, capsys: pytest.CaptureFixture[str]) -> None:
    nobody = "0193a000-0000-7000-8000-000000000009"
    found = run(capsys, "audit", "answer", nobody, "--reason", "letter 8")
    assert found == (0, "the log has no look at this record\n", "")

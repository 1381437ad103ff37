from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta

import pytest

from gatehouse.device.desk_ticket import (
    LEEWAY,
    LIFETIME,
    accept,
    desk_key,
    desk_name,
    fresh_challenge,
    issue,
    key_of_token,
    proof,
)
from gatehouse.kernel.errors import ForbiddenError, UnreadableError

NOW = datetime(2026, 11, 25, 8, 0, tzinfo=UTC)
KEY = key_of_token("a token")
CHALLENGE = "c" * 43
HERE = {"desk": "TPE-A12", "challenge": CHALLENGE, "origin": "https://border.example", "port": 8971}


def ticket(**changed: object) -> str:
    return issue(KEY, **{**HERE, "officer": "user:chen", "now": NOW, **changed}).ticket  # type: ignore[arg-type]


def test_the_centre_and_the_desk_come_to_the_same_key_from_what_each_of_them_holds() -> None:
    digest = hashlib.sha256(b"a token").hexdigest()
    assert desk_key(digest) == KEY
    assert len(KEY) == 32
    assert desk_name("TPE", "A12") == "TPE-A12"


def test_a_challenge_is_fresh_and_as_long_as_a_key() -> None:
    assert len({fresh_challenge() for _ in range(100)}) == 100
    assert {len(fresh_challenge()) for _ in range(100)} == {43}


def test_a_ticket_is_accepted_where_everything_is_as_it_says() -> None:
    found = accept(KEY, ticket(), **HERE, now=NOW)  # type: ignore[arg-type]
    assert (found.officer, found.desk) == ("user:chen", "TPE-A12")
    assert found.expires == (NOW + LIFETIME).isoformat()


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ("desk", "TPE-A13"),
        ("challenge", "d" * 43),
        ("origin", "https://border.example.evil.example"),
        ("port", 8972),
    ],
)
def test_a_ticket_for_anything_else_is_refused(part: str, value: object) -> None:
    with pytest.raises(ForbiddenError, match=f"the ticket is for another {part}"):
        accept(KEY, ticket(**{part: value}), **HERE, now=NOW)  # type: ignore[arg-type]


def test_a_ticket_of_another_centre_or_a_changed_one_is_refused() -> None:
    body, seal = ticket().split(".")
    other = issue(key_of_token("another"), **HERE, officer="user:chen", now=NOW).ticket  # type: ignore[arg-type]
    changed = ("A" if body[20] != "A" else "B").join((body[:20], body[21:]))
    for forged in (other, f"{changed}.{seal}", body, f"{body}.", f".{seal}", "", "ä.ö", f"{body}.{seal[:-2]}"):
        with pytest.raises(ForbiddenError):
            accept(KEY, forged, **HERE, now=NOW)  # type: ignore[arg-type]


def test_a_ticket_that_was_never_used_expires() -> None:
    late = NOW + LIFETIME + LEEWAY + timedelta(seconds=1)
    with pytest.raises(ForbiddenError, match="the ticket has expired"):
        accept(KEY, ticket(), **HERE, now=late)  # type: ignore[arg-type]


def test_the_proof_of_the_agent_is_the_one_that_the_centre_announced_and_no_part_of_the_ticket() -> None:
    issued = issue(KEY, **HERE, officer="user:chen", now=NOW)  # type: ignore[arg-type]
    assert proof(KEY, issued.ticket) == issued.proof
    assert proof(key_of_token("another"), issued.ticket) != issued.proof
    assert issued.proof not in issued.ticket


@pytest.mark.parametrize("challenge", ["", "c" * 42, "c" * 44, "c" * 42 + "\n", "ü" * 43])
def test_no_ticket_is_issued_for_what_is_no_challenge(challenge: str) -> None:
    with pytest.raises(UnreadableError, match="this is no challenge of a desk's agent"):
        ticket(challenge=challenge)

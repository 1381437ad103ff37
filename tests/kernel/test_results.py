from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from gatehouse.kernel.clock import FixedClock
from gatehouse.kernel.errors import UnreadableError
from gatehouse.kernel.results import Check, Reason, Result


def test_a_reason_is_a_sentence_with_named_parts() -> None:
    reason = Reason("no CSCA of %(country)s is trusted", country="DE")
    assert str(reason) == "no CSCA of DE is trusted"
    assert Reason.from_dict(reason.as_dict()) == reason


def test_a_sentence_without_parts_may_hold_a_percent_sign() -> None:
    assert str(Reason("100% sure")) == "100% sure"


def test_a_part_may_be_a_reason_itself_and_is_kept_as_one() -> None:
    inner = Reason("the document %(number)s itself is listed", number="X1")
    outer = Reason("a list names this document: %(why)s", why=inner)
    assert str(outer) == "a list names this document: the document X1 itself is listed"
    assert Reason.from_dict(outer.as_dict()) == outer


def test_a_check_for_machines() -> None:
    check = Check("sod_signature", Result.NOT_SUPPORTED, Reason("the key is of a kind not known here"))
    assert check.as_dict() == {
        "id": "sod_signature",
        "result": "not supported",
        "reason": "the key is of a kind not known here",
    }


def test_an_error_carries_its_reason() -> None:
    error = UnreadableError("%(name)s is empty", name="a.bin")
    assert str(error) == "a.bin is empty"
    assert error.reason == Reason("%(name)s is empty", name="a.bin")


def test_a_fixed_clock_stands_until_it_is_moved() -> None:
    clock = FixedClock(datetime(2023, 5, 1, 8, tzinfo=UTC))
    clock.advance(timedelta(minutes=2))
    assert clock.now() == datetime(2023, 5, 1, 8, 2, tzinfo=UTC)
    with pytest.raises(ValueError, match="aware"):
        FixedClock(datetime(2023, 5, 1, 8))  # noqa: DTZ001

from __future__ import annotations

from gatehouse.border.api import DecisionKind
from gatehouse.kernel.results import Check, Reason, Result
from gatehouse.web.console.page import KEYS, arranged, worst

S, F, U, N, A = Result.SUCCESSFUL, Result.FAILED, Result.UNDETERMINED, Result.NOT_SUPPORTED, Result.ABORTED


def checks(*results: Result) -> tuple[Check, ...]:
    return tuple(Check(f"check-{number}", result, Reason("why")) for number, result in enumerate(results))


def test_two_lines_at_most_stand_open_the_gravest_first() -> None:
    found = arranged(checks(S, U, N, F, S, A))
    assert [check.result for check in found.shown] == [F, A]
    assert [check.result for check in found.folded] == [U, N, S, S]
    assert [(str(status.shape), count) for status, count in found.counts] == [("?", 1), ("–", 1), ("✓", 2)]


def test_what_passed_is_folded() -> None:
    found = arranged(checks(S, S, S))
    assert found.shown == ()
    assert [count for _, count in found.counts] == [3]


def test_the_verdict_names_the_check_it_rests_on() -> None:
    assert worst((Check("a", S, Reason("fine")), Check("b", F, Reason("changed"))), F) == Reason("changed")
    assert worst(checks(S, U), S) is None
    assert worst((), U) is None


def test_every_decision_has_a_key_and_passing_has_one_either_way() -> None:
    assert set(KEYS) == set(DecisionKind)
    assert KEYS[DecisionKind.ADMIT] == KEYS[DecisionKind.RELEASE] == "F7"

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatehouse.biometrics.error_rates import Compared, Rate, calibrated, error_rates, rate
from gatehouse.kernel.errors import UnreadableError


def test_rates_at_a_threshold_with_a_match_at_the_threshold_itself() -> None:
    compared = [Compared(score / 10, mated=True) for score in range(4, 9)]
    compared += [Compared(score / 10, mated=False) for score in range(6)]
    found = error_rates(compared, 0.5)
    assert (found.fmr.errors, found.fmr.trials, found.fnmr.errors, found.fnmr.trials) == (1, 6, 1, 5)
    assert found.fnmr.value == 0.2


def test_the_interval_is_wilsons() -> None:
    # Newcombe (1998), table I, method 3: 81 of 263, 15 of 148, 0 of 20, 1 of 29
    for errors, trials, low, high in ((81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (1, 29, 0.0061, 0.1718)):
        found = rate(errors, trials)
        assert (round(found.low, 4), round(found.high, 4)) == (low, high)
    nothing = rate(0, 20)
    assert (nothing.low, round(nothing.high, 4)) == (0.0, 0.1611)


def test_without_trials_nothing_is_known() -> None:
    assert rate(0, 0) == Rate(0, 0, 0.0, 1.0)
    assert rate(0, 0).value is None


def test_more_errors_than_trials_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="part of the trials"):
        rate(2, 1)


@given(st.integers(1, 5000).flatmap(lambda trials: st.tuples(st.integers(0, trials), st.just(trials))))
def test_the_interval_holds_the_rate(counted: tuple[int, int]) -> None:
    found = rate(*counted)
    assert found.value is not None
    assert 0 <= found.low <= found.value <= found.high <= 1


def test_a_calibration_counts_the_scores_of_different_people_alone() -> None:
    scores = [0.1, 0.1, 0.2, 0.3]
    compared = [Compared(score, mated=False) for score in scores] + [Compared(0.9, mated=True)]
    assert calibrated(compared, "tests").points == ((0.1, 1.0), (0.2, 0.5), (0.3, 0.25))


def test_a_calibration_needs_different_people() -> None:
    with pytest.raises(UnreadableError):
        calibrated([Compared(0.9, mated=True)], "tests")


@given(st.lists(st.floats(-1, 1), min_size=1, max_size=60), st.floats(0.05, 1))
def test_at_a_calibrated_threshold_the_rate_is_at_most_what_was_asked_for(scores: list[float], wanted: float) -> None:
    compared = [Compared(score, mated=False) for score in scores]
    found = calibrated(compared, "tests")
    if wanted < found.points[-1][1]:
        with pytest.raises(UnreadableError):
            found.threshold(wanted)
    else:
        assert (error_rates(compared, found.threshold(wanted)).fmr.value or 0) <= wanted

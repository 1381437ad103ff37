from __future__ import annotations

import pytest

from gatehouse.biometrics.calibration import Calibration
from gatehouse.kernel.errors import UnreadableError

MEASURED = Calibration(((0.2, 0.1), (0.4, 0.01), (0.6, 0.001)), "10,000 pairs of the tests")


def test_the_threshold_is_the_lowest_score_that_is_rare_enough() -> None:
    assert [MEASURED.threshold(rate) for rate in (0.5, 0.1, 0.05, 0.01, 0.001)] == [0.2, 0.2, 0.4, 0.4, 0.6]


def test_nothing_is_extrapolated() -> None:
    with pytest.raises(UnreadableError, match=r"no threshold was measured for a false match rate of 0\.0001"):
        MEASURED.threshold(0.0001)
    assert MEASURED.rate(0.19) is None


def test_the_rate_at_a_score() -> None:
    assert [MEASURED.rate(score) for score in (0.2, 0.39, 0.4, 0.9)] == [0.1, 0.1, 0.01, 0.001]


@pytest.mark.parametrize(
    ("points", "source"),
    [
        ((), "tests"),
        (((0.2, 0.1),), ""),
        (((0.2, 1.1),), "tests"),
        (((0.2, 0.1), (0.2, 0.05)), "tests"),
        (((0.2, 0.1), (0.3, 0.2)), "tests"),
    ],
)
def test_a_calibration_that_cannot_be_is_refused(points: tuple[tuple[float, float], ...], source: str) -> None:
    with pytest.raises(UnreadableError):
        Calibration(points, source)

"""Fingers of which both times a picture was taken, at the rate that all of them together keep."""

from __future__ import annotations

import pytest

from gatehouse.biometrics.calibration import Calibration
from gatehouse.biometrics.engine import EngineInfo
from gatehouse.biometrics.fingerprints import Finger, compare_fingerprints
from gatehouse.kernel.errors import UnreadableError
from gatehouse.kernel.results import Result

R, L, T = Finger.RIGHT_INDEX, Finger.LEFT_INDEX, Finger.LEFT_THUMB


class First:
    """The likeness is the first byte of both, in hundredths, where they are equal."""

    info = EngineInfo("first", "1", "tests")
    calibration = Calibration(((0.4, 0.001), (0.6, 0.0005)), "tests")

    def score(self, one: bytes, other: bytes) -> float:
        return one[0] / 100 if one[0] == other[0] else 0.0


@pytest.mark.parametrize(
    ("known", "live", "result", "score", "threshold"),
    [
        ({R: b"\x28"}, {R: b"\x28"}, Result.SUCCESSFUL, 0.4, 0.4),
        ({R: b"\x27"}, {R: b"\x27"}, Result.FAILED, 0.39, 0.4),
        # Two fingers: each at half the rate.
        ({R: b"\x28", L: b"\x10"}, {R: b"\x28", L: b"\x10"}, Result.FAILED, 0.4, 0.6),
        ({R: b"\x3c", L: b"\x10"}, {R: b"\x3c", L: b"\x11"}, Result.SUCCESSFUL, 0.6, 0.6),
        ({R: b"\x28", T: b"\x01"}, {R: b"\x28", L: b"\x01"}, Result.SUCCESSFUL, 0.4, 0.4),
        ({R: b"\x28"}, {L: b"\x28"}, Result.UNDETERMINED, None, None),
    ],
)
def test_the_best_finger_counts(
    known: dict[Finger, bytes], live: dict[Finger, bytes], result: Result, score: float | None, threshold: float | None
) -> None:
    found = compare_fingerprints(First(), known, live, 0.001)
    assert (found.result, found.score, found.threshold) == (result, score, threshold)


def test_without_an_engine_nothing_is_said() -> None:
    found = compare_fingerprints(None, {R: b"x"}, {R: b"x"}, 0.001)
    assert (found.as_check().id, found.result) == ("fingerprint_comparison", Result.UNDETERMINED)
    assert str(found.reason) == "no engine compares fingerprints here"


def test_a_rate_that_was_never_measured_is_not_claimed() -> None:
    three = {R: b"\x28", L: b"\x28", T: b"\x28"}
    with pytest.raises(UnreadableError, match="no threshold was measured"):
        compare_fingerprints(First(), three, three, 0.001)

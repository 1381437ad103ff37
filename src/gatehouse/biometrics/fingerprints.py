"""Comparing fingerprints: the interface that an engine is written against. None is built in, and none is shipped.

Without an engine nothing is said of two fingers but that they were not compared.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from gatehouse.biometrics.calibration import Calibration
from gatehouse.biometrics.engine import EngineInfo
from gatehouse.kernel.results import Check, Reason, Result

CHECK = "fingerprint_comparison"


class Finger(StrEnum):
    """Which finger, in the order of the codes 1 to 10 of ISO/IEC 19794-4:2011, table 7."""

    RIGHT_THUMB = "right_thumb"
    RIGHT_INDEX = "right_index"
    RIGHT_MIDDLE = "right_middle"
    RIGHT_RING = "right_ring"
    RIGHT_LITTLE = "right_little"
    LEFT_THUMB = "left_thumb"
    LEFT_INDEX = "left_index"
    LEFT_MIDDLE = "left_middle"
    LEFT_RING = "left_ring"
    LEFT_LITTLE = "left_little"


class FingerprintEngine(Protocol):
    """Compares two pictures of one finger, each as the scanner gave it."""

    @property
    def info(self) -> EngineInfo: ...

    @property
    def calibration(self) -> Calibration:
        """Which score is reached how often by two different fingers."""

    def score(self, one: bytes, other: bytes) -> float:
        """How alike they are, more alike with more. Raises `UnreadableError` for what is no picture of a finger."""


@dataclass(frozen=True, slots=True)
class FingerprintComparison:
    """`score` is that of the finger that agrees best; None where no engine compared."""

    result: Result
    reason: Reason
    engine: EngineInfo | None = None
    score: float | None = None
    threshold: float | None = None

    def as_check(self) -> Check:
        return Check(CHECK, self.result, self.reason)


def compare_fingerprints(
    engine: FingerprintEngine | None, known: Mapping[Finger, bytes], live: Mapping[Finger, bytes], rate: float
) -> FingerprintComparison:
    """Compare the fingers that are in both, and take the best: at a rate so much smaller for each, the more there are,
    that all of them together match a stranger at most as often as `rate`.

    Raises `UnreadableError` as the engine and its calibration do.
    """
    if engine is None:
        return FingerprintComparison(Result.UNDETERMINED, Reason("no engine compares fingerprints here"))
    both = [finger for finger in Finger if finger in known and finger in live]
    if not both:
        return FingerprintComparison(
            Result.UNDETERMINED, Reason("no finger was taken both times: there is nothing to compare"), engine.info
        )
    threshold = engine.calibration.threshold(rate / len(both))
    score = max(engine.score(known[finger], live[finger]) for finger in both)
    parts = {"score": f"{score:.3f}", "threshold": f"{threshold:.3f}"}
    if score >= threshold:
        reason = Reason("the fingerprints agree: score %(score)s, threshold %(threshold)s", **parts)
        return FingerprintComparison(Result.SUCCESSFUL, reason, engine.info, score, threshold)
    reason = Reason("the fingerprints do not agree: score %(score)s, threshold %(threshold)s", **parts)
    return FingerprintComparison(Result.FAILED, reason, engine.info, score, threshold)

"""Error rates from logged comparisons (ISO/IEC 19795-1): FMR and FNMR at a threshold, each with its interval.

The interval is Wilson's for independent trials. Comparisons of the same person at different times are not quite that,
so the true one is wider; what a rate was counted from stands beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import NormalDist

from gatehouse.biometrics.calibration import Calibration


@dataclass(frozen=True, slots=True)
class Compared:
    """A score, and whether both samples were of one person (mated), as somebody found out who looked."""

    score: float
    mated: bool


@dataclass(frozen=True, slots=True)
class Rate:
    """`errors` of `trials`; `low` and `high` bound the true rate. Without trials nothing is known: 0 to 1."""

    errors: int
    trials: int
    low: float
    high: float

    @property
    def value(self) -> float | None:
        return self.errors / self.trials if self.trials else None


@dataclass(frozen=True, slots=True)
class ErrorRates:
    """At a threshold: how often different people match (`fmr`), and how often one person does not (`fnmr`)."""

    threshold: float
    fmr: Rate
    fnmr: Rate


def rate(errors: int, trials: int, *, confidence: float = 0.95) -> Rate:
    """A rate with Wilson's score interval. Raises `ValueError` for more errors than trials."""
    if not 0 <= errors <= trials:
        raise ValueError("errors are a part of the trials")
    if not trials:
        return Rate(0, 0, 0.0, 1.0)
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    share, weight = errors / trials, 1 + z * z / trials
    middle = (share + z * z / (2 * trials)) / weight
    half = z / weight * (share * (1 - share) / trials + z * z / (4 * trials * trials)) ** 0.5
    low = 0.0 if errors == 0 else middle - half
    high = 1.0 if errors == trials else middle + half
    return Rate(errors, trials, low, high)


def error_rates(compared: Iterable[Compared], threshold: float, *, confidence: float = 0.95) -> ErrorRates:
    """The rates at a threshold: a score at it or above is a match."""
    mated = unmated = missed = false = 0
    for each in compared:
        match = each.score >= threshold
        mated, unmated = mated + each.mated, unmated + (not each.mated)
        missed, false = missed + (each.mated and not match), false + (match and not each.mated)
    return ErrorRates(
        threshold, rate(false, unmated, confidence=confidence), rate(missed, mated, confidence=confidence)
    )


def calibrated(compared: Sequence[Compared], source: str) -> Calibration:
    """A calibration by the scores of different people: the rate at each of their scores.

    It ends with the highest of them, at one in all: what was never seen is not claimed to be rarer. Raises
    `UnreadableError` without such comparisons.
    """
    scores = sorted(each.score for each in compared if not each.mated)
    total = len(scores)
    points = [(score, (total - at) / total) for at, score in enumerate(scores) if at == 0 or scores[at - 1] != score]
    return Calibration(tuple(points), source)

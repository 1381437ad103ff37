"""Figures of operation over many inspections: how often each check came out how, and how long reading took.

They are counted from results and times alone (BSI TR-03135-1 section 6.1): nothing of a person is needed or kept.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gatehouse.documents.inspectionlog.names import CHECKS
from gatehouse.kernel.results import Result

PERCENTILES = (50, 90, 99)
_CLAUSES = {each.id: each.clause for each in CHECKS}


@dataclass(frozen=True, slots=True)
class Outcome:
    """Of one inspection: the document's code, the verdict of the house, results by check, and milliseconds by step."""

    document: str
    verdict: Result
    checks: tuple[tuple[str, Result, float | None], ...]
    timings_ms: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Times:
    """How often something was measured, and the nearest-rank percentiles of it in milliseconds."""

    measured: int
    percentiles: Mapping[int, float]

    @classmethod
    def of(cls, values: Iterable[float]) -> Times:
        ordered = sorted(values)
        return cls(len(ordered), {each: percentile(ordered, each) for each in PERCENTILES})

    def as_dict(self) -> dict[str, Any]:
        return {"measured": self.measured, **{f"p{each}_ms": value for each, value in self.percentiles.items()}}


@dataclass(frozen=True, slots=True)
class Summary:
    inspections: int
    verdicts: Mapping[Result, int]
    #: Check -> result -> how often; and how long the check took.
    checks: Mapping[str, Mapping[Result, int]]
    durations: Mapping[str, Times]
    #: Code of the document -> step -> how long it took.
    readings: Mapping[str, Mapping[str, Times]]

    def as_dict(self) -> dict[str, Any]:
        """Plain data. Results that did not occur are 0; a check nobody measured has no "duration"."""
        return {
            "inspections": self.inspections,
            "verdicts": _counts(self.verdicts),
            "checks": [
                {
                    "id": id,
                    "clause": _CLAUSES.get(id, ""),
                    "results": _counts(results),
                    **({"duration": self.durations[id].as_dict()} if id in self.durations else {}),
                }
                for id, results in self.checks.items()
            ],
            "reading_times": {
                document: {step: times.as_dict() for step, times in steps.items()}
                for document, steps in self.readings.items()
            },
        }


def percentile(ordered: Sequence[float], rank: int) -> float:
    """The smallest of the values that at least `rank` percent of them do not exceed. They are in order."""
    return ordered[max(0, math.ceil(len(ordered) * rank / 100) - 1)]


def summarise(outcomes: Iterable[Outcome]) -> Summary:
    verdicts: Counter[Result] = Counter()
    checks: dict[str, Counter[Result]] = defaultdict(Counter)
    durations: dict[str, list[float]] = defaultdict(list)
    readings: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for outcome in outcomes:
        verdicts[outcome.verdict] += 1
        for id, result, taken in outcome.checks:
            checks[id][result] += 1
            if taken is not None and result is not Result.ABORTED:
                durations[id].append(taken)
        for step, taken in outcome.timings_ms.items():
            readings[outcome.document][step].append(taken)
    return Summary(
        inspections=verdicts.total(),
        verdicts=verdicts,
        checks=dict(sorted(checks.items())),
        durations={id: Times.of(values) for id, values in durations.items()},
        readings={
            document: {step: Times.of(values) for step, values in sorted(steps.items())}
            for document, steps in sorted(readings.items())
        },
    )


def _counts(results: Mapping[Result, int]) -> dict[str, int]:
    return {result.value: results.get(result, 0) for result in Result}

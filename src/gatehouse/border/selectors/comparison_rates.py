"""How often the engines were wrong, counted from the comparisons on record: counts alone, of nobody in particular.

What is true is what an officer found, where one did:

- *by eye*: an officer compared the person with the document and said that they are the same, or another;
- *by passing*: nobody said so, but an officer let the person pass, and so took them for the holder.

Both are biased, and the rates with them. Officers see the engine's answer before they judge, and tend to agree with it.
An impostor whom engine and officer both let pass counts as a true match, so that the FMR is a lower bound of the truth;
those who are refused for other reasons are not judged and drop out. Nobody is compared with strangers here, so that
different people are few, and their interval wide. A trial in the sense of ISO/IEC 19795-1, with known identities, is
what a threshold is set by; these rates tell whether it still holds in the field.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from gatehouse.biometrics.error_rates import Rate, rate
from gatehouse.border.domain.rules import rules_of
from gatehouse.border.selectors.crossings import day_bounds
from gatehouse.kernel.clock import Clock
from gatehouse.kernel.errors import RefusedError
from gatehouse.platform.actors import Actor
from gatehouse.platform.database import rows
from gatehouse.platform.profile import Profile
from gatehouse.platform.profile import profile as settings_profile

#: The last comparison of each kind at an inspection: a picture that was taken again is one trial.
_COUNTS = """
WITH compared AS (
     SELECT DISTINCT ON (c.inspection_id, c.modality, c.reference) c.*
       FROM border_comparison c WHERE c.compared_at >= %(start)s AND c.compared_at < %(end)s
      ORDER BY c.inspection_id, c.modality, c.reference, c.compared_at DESC, c.id DESC)
SELECT c.engine, c.demonstration, c.modality, c.reference, c.threshold, c.false_match_rate,
       to_char(c.compared_at AT TIME ZONE %(zone)s, 'YYYY-MM'),
       c.score >= c.threshold, COALESCE(eye.same, passed.same), eye.same IS NOT NULL, count(*)
  FROM compared c
  LEFT JOIN LATERAL (
       SELECT j.same FROM border_judgement j WHERE j.inspection_id = c.inspection_id
        ORDER BY j.judged_at DESC, j.id DESC LIMIT 1) eye ON true
  LEFT JOIN LATERAL (
       SELECT true AS same FROM border_decision d
        WHERE d.inspection_id = c.inspection_id AND d.final AND d.kind IN ('admit', 'release')) passed ON true
 GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 ORDER BY 1, 3, 4, 5, 7
"""


@dataclass(frozen=True, slots=True)
class ComparisonRates:
    """The rates of one engine's version at one threshold in one month of the border's zone, against one reference."""

    engine: str
    demonstration: bool
    modality: str
    reference: str
    month: str
    threshold: float | None
    #: What the threshold was set for.
    set_rate: float | None
    comparisons: int
    #: No score came of it: no face, several, or a fault.
    without_score: int
    #: With a score, and nobody found out who it was.
    without_truth: int
    by_eye: int
    by_passing: int
    fmr: Rate
    fnmr: Rate

    def as_dict(self) -> dict[str, Any]:
        return {
            "engine": self.engine,
            "demonstration": self.demonstration,
            "modality": self.modality,
            "reference": self.reference,
            "month": self.month,
            "threshold": self.threshold,
            "set_false_match_rate": self.set_rate,
            "comparisons": self.comparisons,
            "without_score": self.without_score,
            "without_truth": self.without_truth,
            "truth": {"by_eye": self.by_eye, "by_passing": self.by_passing},
            "fmr": _as_dict(self.fmr),
            "fnmr": _as_dict(self.fnmr),
        }


def comparison_rates(
    period: tuple[date, date], *, clock: Clock, reader: Actor, profile: Profile | None = None
) -> list[ComparisonRates]:
    """The rates of a period, both days included, by engine and version, threshold and month, with 95 % intervals.

    Raises `ForbiddenError`, and `RefusedError` for a period that ends before it begins.
    """
    reader.require("figures.read")
    if period[1] < period[0]:
        raise RefusedError("a period cannot end before it begins")
    zone = rules_of(profile or settings_profile()).zone
    asked = {"start": day_bounds(period[0], zone)[0], "end": day_bounds(period[1], zone)[1], "zone": str(zone)}
    counted: defaultdict[tuple[Any, ...], list[tuple[Any, ...]]] = defaultdict(list)
    for row in rows(_COUNTS, asked):
        counted[row[:7]].append(row[7:])
    return list(_rates(counted))


def _rates(counted: dict[tuple[Any, ...], list[tuple[Any, ...]]]) -> Iterator[ComparisonRates]:
    for (engine, demonstration, modality, reference, threshold, set_rate, month), found in counted.items():
        #: How many by whether it matched, whether it was the same person, and whether somebody judged by eye.
        known = {(matched, same, eye): number for matched, same, eye, number in found if None not in {matched, same}}
        whole = sum(number for *_, number in found)
        scored = sum(number for matched, *_, number in found if matched is not None)
        mated = sum(number for (_, same, _), number in known.items() if same)
        unmated = sum(known.values()) - mated
        by_eye = sum(number for (*_, eye), number in known.items() if eye)
        yield ComparisonRates(
            engine=engine,
            demonstration=demonstration,
            modality=modality,
            reference=reference,
            month=month,
            threshold=threshold,
            set_rate=set_rate,
            comparisons=whole,
            without_score=whole - scored,
            without_truth=scored - mated - unmated,
            by_eye=by_eye,
            by_passing=mated + unmated - by_eye,
            fmr=rate(sum(number for (matched, same, _), number in known.items() if matched and not same), unmated),
            fnmr=rate(sum(number for (matched, same, _), number in known.items() if same and not matched), mated),
        )


def _as_dict(found: Rate) -> dict[str, Any]:
    return {"errors": found.errors, "trials": found.trials, "value": found.value, "low": found.low, "high": found.high}

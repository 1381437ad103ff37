"""From a false match rate to the threshold of an engine: which score two different people reach how often."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from itertools import pairwise

from gatehouse.kernel.errors import UnreadableError


@dataclass(frozen=True, slots=True)
class Calibration:
    """`points` are (score, false match rate at that threshold), the scores rising and the rates falling.

    `source` says who measured it, on what and when: a threshold without that is a number out of the air.
    """

    points: tuple[tuple[float, float], ...]
    source: str

    def __post_init__(self) -> None:
        if not self.points or not self.source:
            raise UnreadableError("a calibration has measured points and says where they are from")
        if any(not 0 <= rate <= 1 for _, rate in self.points):
            raise UnreadableError("a false match rate lies between 0 and 1")
        if any(one[0] >= other[0] or one[1] < other[1] for one, other in pairwise(self.points)):
            raise UnreadableError("the scores of a calibration rise, and its rates do not")

    def threshold(self, rate: float) -> float:
        """The lowest measured score whose false match rate is at most `rate`.

        Raises `UnreadableError` where none was measured to be that rare: nothing is extrapolated.
        """
        for score, measured in self.points:
            if measured <= rate:
                return score
        raise UnreadableError("no threshold was measured for a false match rate of %(rate)s", rate=f"{rate:g}")

    def rate(self, score: float) -> float | None:
        """The false match rate at a threshold of that score, never less than measured; None below what was measured."""
        at = bisect_left(self.points, (score, 2.0))
        if at == 0:
            return None
        return self.points[at - 1][1]

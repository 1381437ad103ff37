"""The review of a deliverable in rounds: handed in, then returned or approved by the agency and supervision (監審)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from gatehouse.kernel.errors import RefusedError
from gatehouse.performance.domain.records import Reviewer, Round, Verdict


@dataclass(frozen=True, slots=True)
class Standing:
    """How far the review of a deliverable is. It is done once nobody who looked at its last round returned it and the
    agency approved it.
    """

    round: int
    submitted_on: date | None
    agency: Verdict | None
    supervision: Verdict | None
    approved_on: date | None

    @property
    def approved(self) -> bool:
        return self.approved_on is not None


def standing(steps: Iterable[Round], *, on: date) -> Standing:
    """Where the review stands at the end of a day; round 0 where nothing was handed in yet."""
    known = [step for step in steps if step.day <= on]
    last = max((step.round for step in known), default=0)
    of_last = [step for step in known if step.round == last]
    submitted = min((step.day for step in of_last if step.verdict is Verdict.SUBMITTED), default=None)
    verdicts = {step.by: step for step in sorted(of_last, key=lambda step: step.day) if step.by}
    agency, supervision = verdicts.get(Reviewer.AGENCY), verdicts.get(Reviewer.SUPERVISION)
    done = agency is not None and all(step.verdict is Verdict.APPROVED for step in verdicts.values())
    return Standing(
        round=last,
        submitted_on=submitted,
        agency=agency.verdict if agency else None,
        supervision=supervision.verdict if supervision else None,
        approved_on=max(step.day for step in verdicts.values()) if done else None,
    )


def require_possible(steps: Sequence[Round]) -> None:
    """Raises `RefusedError` where a round begins before the one before was returned, or is judged before it began."""
    by_round = {number: [step for step in steps if step.round == number] for number in {step.round for step in steps}}
    for number, of_round in sorted(by_round.items()):
        submitted = [step.day for step in of_round if step.verdict is Verdict.SUBMITTED]
        if not submitted or min(step.day for step in of_round) < min(submitted):
            raise RefusedError("round %(round)s is judged before anything was handed in", round=str(number))
        if number > 1:
            returned = [step.day for step in by_round.get(number - 1, []) if step.verdict is Verdict.RETURNED]
            if not returned or min(submitted) < min(returned):
                raise RefusedError("round %(round)s begins before the one before was returned", round=str(number))

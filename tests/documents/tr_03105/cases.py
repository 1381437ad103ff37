"""Test cases by the ids of BSI TR-03105-5.1 version 1.5: what the document is, and what the system has to say."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.documents.tr_03105.inspection import Outcome


@dataclass(frozen=True)
class Case:
    """`passes` is whether the inspection is to be successful; `because` stands in one of the objections otherwise."""

    run: Callable[[], Outcome]
    passes: bool
    because: str = ""

    def hold(self) -> None:
        outcome = self.run()
        if self.passes:
            assert outcome.objections == []
        else:
            assert any(self.because in objection for objection in outcome.objections), outcome.objections


def passes(run: Callable[[], Outcome]) -> Case:
    return Case(run, passes=True)


def fails(run: Callable[[], Outcome], because: str) -> Case:
    return Case(run, passes=False, because=because)

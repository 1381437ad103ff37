"""Which tests show which requirement: `requirements.yaml`. The longest path that fits a test file names its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict

from tests.report.results import Outcome, TestResult

HERE = Path(__file__).parent


class Requirement(BaseModel):
    """Its name and what it asks, in each language of the report; the files or folders of the tests that show it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    name: Mapping[str, str]
    asks: Mapping[str, str]
    tests: tuple[str, ...]


@cache
def requirements() -> tuple[Requirement, ...]:
    entries = yaml.safe_load((HERE / "requirements.yaml").read_text(encoding="utf-8"))
    return tuple(Requirement.model_validate(entry) for entry in entries)


def requirement_of(file: str) -> str | None:
    """The id of the requirement that the tests of a file show; None where no path names it."""
    fitting = [
        (len(path), each.id)
        for each in requirements()
        for path in each.tests
        if file == path or file.startswith(f"{path.removesuffix('/')}/")
    ]
    return max(fitting)[1] if fitting else None


@dataclass(frozen=True, slots=True)
class Tally:
    """How many tests ended how, and the seconds that they took together."""

    outcomes: Mapping[Outcome, int]
    seconds: float

    @classmethod
    def of(cls, results: Iterable[TestResult]) -> Tally:
        listed = list(results)
        counted = Counter(each.outcome for each in listed)
        return cls({outcome: counted[outcome] for outcome in Outcome}, sum(each.seconds for each in listed))

    @property
    def tests(self) -> int:
        return sum(self.outcomes.values())

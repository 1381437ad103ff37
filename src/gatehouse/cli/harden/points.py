"""A point of the hardening report: what has to hold, how it is checked, and what to do where it does not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

import gatehouse
from gatehouse.kernel.errors import GatehouseError
from gatehouse.kernel.results import Result


class Part(StrEnum):
    CENTRE = "centre"
    WORKSTATION = "workstation"
    DELIVERY = "delivery"


@dataclass(frozen=True, slots=True)
class Asked:
    """What the operator named. `lock_file` is also found where the program runs from its source."""

    config: Path | None = None
    unit: Path | None = None
    lock: Path | None = None

    @property
    def lock_file(self) -> Path | None:
        beside = Path(gatehouse.__file__).parents[2] / "requirements" / "core.txt"
        return self.lock or (beside if beside.exists() else None)


@dataclass(frozen=True, slots=True)
class Answer:
    result: Result
    because: str


def holds(because: str) -> Answer:
    return Answer(Result.SUCCESSFUL, because)


def fails(because: str) -> Answer:
    return Answer(Result.FAILED, because)


def judged(wrong: Iterable[str], right: str) -> Answer:
    """Holds where nothing is wrong."""
    listed = list(wrong)
    return fails("; ".join(listed)) if listed else holds(right)


def elsewhere(because: str) -> Answer:
    """The point does not concern what was named."""
    return Answer(Result.NOT_SUPPORTED, because)


def unseen(because: str) -> Answer:
    """The point concerns this machine and could not be decided."""
    return Answer(Result.UNDETERMINED, because)


@dataclass(frozen=True, slots=True)
class Point:
    """`what` is a sentence that has to hold, `remedy` what to do where it does not."""

    id: str
    what: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Checked:
    point: Point
    answer: Answer

    @property
    def result(self) -> Result:
        return self.answer.result

    @property
    def holds(self) -> bool:
        return self.result in (Result.SUCCESSFUL, Result.NOT_SUPPORTED)

    def as_dict(self) -> dict[str, Any]:
        remedy = None if self.holds else self.point.remedy
        said = {"id": self.point.id, "what": self.point.what, "result": self.result.value}
        return {**said, "reason": self.answer.because, "remedy": remedy}

    def lines(self) -> Iterator[str]:
        yield f"{self.point.id:<28} {self.result.value:<13} {self.answer.because}"
        if not self.holds:
            yield f"{'':<28} {'':<13} → {self.point.remedy}"


def check_all(asked: Asked, parts: Iterable[Part]) -> list[Checked]:
    """Each point of the parts, in the order of the list."""
    from gatehouse.cli.harden import centre, delivery, workstation

    modules = {Part.CENTRE: centre, Part.WORKSTATION: workstation, Part.DELIVERY: delivery}
    return [checked for part in Part if part in set(parts) for checked in modules[part].check(asked)]


def asking(points: Iterable[tuple[Point, Callable[[], Answer]]]) -> Iterator[Checked]:
    """Run the checks. What a check cannot read is its finding: the others go on."""
    for point, check in points:
        try:
            yield Checked(point, check())
        except GatehouseError as error:
            yield Checked(point, fails(str(error)))
        except PermissionError as error:
            yield Checked(point, unseen(f"{error.filename} may not be looked at by this account"))
        except OSError as error:
            yield Checked(point, fails(f"{error.filename}: {error.strerror}"))

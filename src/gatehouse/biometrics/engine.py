"""What every engine offers, and the one way to plug one in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from gatehouse.biometrics.calibration import Calibration
from gatehouse.biometrics.pictures import Face, Picture, Template


@dataclass(frozen=True, slots=True)
class EngineInfo:
    """Who made the engine, and which one it is. It stands in each comparison and each template."""

    name: str
    version: str
    maker: str
    #: Says nothing about people: for demonstration and tests.
    demonstration: bool = False

    @property
    def id(self) -> str:
        return f"{self.name} {self.version}"


class FaceEngine(Protocol):
    """Finds, describes and compares faces. Pictures may be of any size; no method keeps them."""

    @property
    def info(self) -> EngineInfo: ...

    @property
    def calibration(self) -> Calibration:
        """Which score is reached how often by two different people."""

    def faces(self, picture: Picture) -> tuple[Face, ...]:
        """Every face, the largest first."""

    def template(self, picture: Picture, face: Face) -> Template: ...

    def score(self, one: Template, other: Template) -> float:
        """How alike two templates are, -1 to 1, more alike with more. Raises `ValueError` for another engine's."""

    def attack(self, picture: Picture, face: Face) -> float | None:
        """How much the picture looks like a presentation attack, 0 to 1; None where the engine cannot tell."""

"""An engine whose every answer a test sets, and plain pictures."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from gatehouse.biometrics.calibration import Calibration
from gatehouse.biometrics.engine import EngineInfo
from gatehouse.biometrics.pictures import Box, Face, Picture, Template

FACE = Face(Box(10, 10, 210, 260), 0.99)


def noise(seed: int = 1, *, spread: int = 255, size: tuple[int, int] = (300, 240)) -> Picture:
    """A picture that is sharp and full of contrast."""
    values = np.random.default_rng(seed).integers(0, spread + 1, (*size, 3))
    return Picture(values.astype(np.uint8))


@dataclass
class SetEngine:
    info: EngineInfo = field(default_factory=lambda: EngineInfo("set", "1", "tests"))
    calibration: Calibration = field(default_factory=lambda: Calibration(((0.3, 0.01), (0.5, 0.001)), "tests"))
    found: tuple[tuple[Face, ...], ...] = ((FACE,), (FACE,))
    likeness: float = 0.7
    attacked: float | None = 0.1

    def __post_init__(self) -> None:
        self._asked = iter(self.found)

    def faces(self, picture: Picture) -> tuple[Face, ...]:
        return next(self._asked)

    def template(self, picture: Picture, face: Face) -> Template:
        return Template(self.info.id, np.ones(1, np.float32))

    def score(self, one: Template, other: Template) -> float:
        return self.likeness

    def attack(self, picture: Picture, face: Face) -> float | None:
        return self.attacked

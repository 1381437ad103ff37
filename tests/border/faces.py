"""An engine that compares what it is told to, remembers all that it was given, and pictures to give it."""

from __future__ import annotations

from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import numpy as np
from PIL import Image

from gatehouse.biometrics.calibration import Calibration
from gatehouse.biometrics.comparing import Policy
from gatehouse.biometrics.engine import EngineInfo
from gatehouse.biometrics.pictures import Box, Face, Picture, Template
from gatehouse.platform.engines import Engines

RATE = 0.001


def picture(seed: int) -> bytes:
    """A JPEG that is sharp and full of contrast; the seed is what tells one person from another."""
    values = np.random.default_rng(seed).integers(0, 256, (60, 48, 3)).astype(np.uint8)
    out = BytesIO()
    Image.fromarray(values).save(out, "JPEG", quality=95)
    return out.getvalue()


@dataclass
class Spy:
    """Two pictures are alike where their pixels are: a score of 1, else `stranger`."""

    info: EngineInfo = field(default_factory=lambda: EngineInfo("spy", "1", "tests"))
    calibration: Calibration = field(default_factory=lambda: Calibration(((0.5, RATE),), "tests"))
    stranger: float = 0.1
    count: int = 1
    attacked: float | None = None
    given: list[Any] = field(default_factory=list)

    def faces(self, picture: Picture) -> tuple[Face, ...]:
        self.given.append(picture)
        return (Face(Box(0, 0, picture.width, picture.height), 0.9),) * self.count

    def template(self, picture: Picture, face: Face) -> Template:
        self.given.append(picture)
        small = Image.fromarray(picture.pixels).resize((8, 8), Image.Resampling.NEAREST)
        flat = np.asarray(small, np.float32).reshape(-1) - 127
        return Template(self.info.id, flat / np.float32(np.linalg.norm(flat)))

    def score(self, one: Template, other: Template) -> float:
        self.given.append((one, other))
        return 1.0 if float(one.vector @ other.vector) > 0.999 else self.stranger

    def attack(self, picture: Picture, face: Face) -> float | None:
        self.given.append(picture)
        return self.attacked


class Broken(Spy):
    def faces(self, picture: Picture) -> tuple[Face, ...]:
        raise RuntimeError("out of memory")


@dataclass
class SameFinger:
    """Two pictures of a finger agree where they are the same bytes."""

    info: EngineInfo = field(default_factory=lambda: EngineInfo("ridges", "1", "tests"))
    calibration: Calibration = field(default_factory=lambda: Calibration(((0.4, RATE), (0.6, RATE / 10)), "tests"))

    def score(self, one: bytes, other: bytes) -> float:
        return 1.0 if one == other else 0.0


def engines(face: Any = None, fingerprints: Any = None) -> Engines:
    return Engines(face or Spy(), fingerprints, Policy(false_match_rate=RATE, least_quality=5))

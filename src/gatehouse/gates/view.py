"""What a lane knows of the one in it, and what of that its pages show."""

from __future__ import annotations

from dataclasses import dataclass, field

from gatehouse.biometrics.comparing import FaceComparison
from gatehouse.device.words import Direction
from gatehouse.gates.judging import Judgement
from gatehouse.gates.machine import Situation
from gatehouse.law.egate import Obstacle


@dataclass(slots=True)
class Traveller:
    """What is known of the one in the lane; forgotten when they have left."""

    zone: str = field(default="", repr=False)
    nationality: str = ""
    document: str = ""
    files: dict[str, bytes] = field(default_factory=dict, repr=False)
    judgement: Judgement | None = field(default=None, repr=False)
    live: bytes | None = field(default=None, repr=False)
    #: How the live face agreed with the chip's.
    compared: FaceComparison | None = field(default=None, repr=False)
    begun: float = 0.0


@dataclass(frozen=True, slots=True)
class View:
    """What the pages of a lane show."""

    situation: Situation
    obstacles: tuple[Obstacle, ...]
    direction: Direction
    nationality: str
    #: Kind, issuer and number of the document, and the two faces: for the officer alone.
    document: str = ""
    chip_face: bytes | None = field(default=None, repr=False)
    live_face: bytes | None = field(default=None, repr=False)

"""Pictures and what is found in them. Coordinates are pixels, x to the right and y down, from the upper left corner."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float32]
#: Shape (height, width, 3): red, green, blue from 0 to 255.
Pixels: TypeAlias = NDArray[np.uint8]


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """A decoded picture."""

    pixels: Pixels

    def __post_init__(self) -> None:
        if self.pixels.ndim != 3 or self.pixels.shape[2] != 3 or self.pixels.dtype != np.uint8 or not self.pixels.size:
            raise ValueError("a picture is an array of height x width x 3 bytes")

    @classmethod
    def of_rgb(cls, width: int, height: int, data: bytes) -> Picture:
        """From bytes of red, green and blue, row by row. Raises `ValueError` where they do not fit the size."""
        return cls(np.frombuffer(data, np.uint8).reshape(height, width, 3))

    @property
    def width(self) -> int:
        return int(self.pixels.shape[1])

    @property
    def height(self) -> int:
        return int(self.pixels.shape[0])

    @property
    def grey(self) -> Floats:
        """Luma by ITU-R BT.601, 0 to 255, shape (height, width)."""
        weights = np.array((0.299, 0.587, 0.114), np.float32)
        found: Floats = self.pixels.astype(np.float32) @ weights
        return found


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle within a picture."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top

    def overlap(self, other: Box) -> float:
        """Intersection over union, 0 to 1."""
        wide = min(self.right, other.right) - max(self.left, other.left)
        high = min(self.bottom, other.bottom) - max(self.top, other.top)
        if wide <= 0 or high <= 0:
            return 0.0
        both = wide * high
        return both / (self.width * self.height + other.width * other.height - both)


@dataclass(frozen=True, slots=True, eq=False)
class Face:
    """A face that was found. `landmarks`, where the detector gives them, are the eyes (the picture's left first), the
    tip of the nose and the corners of the mouth: shape (5, 2).
    """

    box: Box
    confidence: float
    landmarks: Floats | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Template:
    """What is compared: a vector of length 1, and the engine and version that made it."""

    engine: str
    vector: Floats

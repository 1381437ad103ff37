"""How good a picture of a face is: components after ISO/IEC 29794-5, each from 0 (useless) to 100.

These are plain measures of the pixels, for any engine. They are no implementation of the standard's algorithms (OFIQ),
and say nothing about pose or expression.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from gatehouse.biometrics.pictures import Face, Floats, Picture

#: Pixels between the eyes at which nothing is gained any more, and what a face's width is in eye distances.
_ENOUGH_EYE_DISTANCE, _FACE_WIDTH = 90.0, 2.2
#: Spread of the grey values, and energy of their second derivative, of a picture that is as good as it gets.
_FULL_CONTRAST, _FULL_SHARPNESS = 48.0, 220.0


@dataclass(frozen=True, slots=True)
class Quality:
    """`score` is the worst component: a picture is as good as what is worst about it."""

    components: Mapping[str, int]

    @property
    def score(self) -> int:
        return min(self.components.values())

    @property
    def worst(self) -> str:
        return min(self.components, key=lambda name: self.components[name])


def quality(picture: Picture, face: Face) -> Quality:
    """Of the face within the picture."""
    box = face.box
    top, left = max(0, int(box.top)), max(0, int(box.left))
    grey = picture.grey[top : int(np.ceil(box.bottom)), left : int(np.ceil(box.right))]
    if min(grey.shape) < 3:
        return Quality({"resolution": 0, "sharpness": 0, "contrast": 0, "exposure": 0})
    return Quality(
        {
            "resolution": _part(_eye_distance(face), _ENOUGH_EYE_DISTANCE),
            "sharpness": _part(_sharpness(grey), _FULL_SHARPNESS),
            "contrast": _part(float(grey.std()), _FULL_CONTRAST),
            "exposure": round(100 * (1 - float(np.mean((grey < 8) | (grey > 247))))),
        }
    )


def _eye_distance(face: Face) -> float:
    if face.landmarks is None:
        return face.box.width / _FACE_WIDTH
    return float(np.linalg.norm(face.landmarks[1] - face.landmarks[0]))


def _sharpness(grey: Floats) -> float:
    """The variance of the discrete Laplacian."""
    inner = grey[1:-1, 1:-1]
    laplacian = grey[:-2, 1:-1] + grey[2:, 1:-1] + grey[1:-1, :-2] + grey[1:-1, 2:] - 4 * inner
    return float(laplacian.var())


def _part(value: float, full: float) -> int:
    return round(100 * min(1.0, value / full))

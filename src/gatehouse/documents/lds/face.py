"""A face as a record holds it, whichever standard wrote the record."""

from __future__ import annotations

from dataclasses import dataclass

from gatehouse.documents.images import ImageFormat, inspect
from gatehouse.documents.tlv import Octets


@dataclass(frozen=True, slots=True)
class Pose:
    """Degrees; None where not given (ISO/IEC 19794-5 clause 5.5.8, 39794-5 PoseAngleBlock)."""

    yaw: int | None
    pitch: int | None
    roll: int | None


@dataclass(frozen=True, slots=True)
class Described:
    """What a record says of the face and its image. None is "not given" and "unknown" alike.

    `sex` is "F", "M" or "X"; `width` and `height` are in pixels, `body_height` in millimetres.
    """

    format: ImageFormat | None = None
    width: int | None = None
    height: int | None = None
    sex: str | None = None
    eye_colour: str | None = None
    hair_colour: str | None = None
    body_height: int | None = None
    pose: Pose | None = None
    feature_points: int = 0
    captured: str | None = None


@dataclass(frozen=True, slots=True)
class Face:
    """`format`, `width` and `height` are the image's own; `described` is what the record says, true or not."""

    image: bytes
    format: ImageFormat
    width: int
    height: int
    described: Described


def face(image: Octets, described: Described) -> Face:
    """Raises `UnreadableError`, with the reason, for an image that is none."""
    facts = inspect(image)
    return Face(bytes(image), facts.format, facts.width, facts.height, described)

"""`engine.yaml`: what an operator says of the models in a folder. Nothing is guessed from a model's name."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from gatehouse.kernel.errors import UnreadableError

#: A description is a page of text.
_MOST_BYTES = 64 * 1024


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Input(_Part):
    """How pixels become the model's tensor (1, 3, height, width): (value - mean) / scale, channel by channel."""

    width: int = Field(ge=8, le=4096)
    height: int = Field(ge=8, le=4096)
    order: Literal["rgb", "bgr"] = "rgb"
    mean: tuple[float, float, float] = (0.0, 0.0, 0.0)
    scale: tuple[float, float, float] = (255.0, 255.0, 255.0)


class Model(_Part):
    """A file beside the description. With `sha256` it runs only as that very file."""

    file: str
    sha256: str | None = None
    input: Input


class Detector(Model):
    """`boxes`: outputs `boxes` (N, 4), left, top, right, bottom as fractions of the picture, `scores` (N,) or (N, 2),
    and, where named, `landmarks` (N, 10). `strides`: for each stride outputs of scores, distances to the four sides
    and landmarks, in units of the stride, as SCRFD models give them.
    """

    decoding: Literal["boxes", "strides"]
    outputs: dict[str, str] = Field(default_factory=dict)
    strides: tuple[int, ...] = (8, 16, 32)
    anchors: int = 2
    least_confidence: float = 0.5
    most_overlap: float = 0.4


class Attack(Model):
    """`output` holds logits or probabilities of classes; `attack_class` is the one that means an attack."""

    attack_class: int
    #: How much around the face's box is shown to the model: 1 is the box alone.
    context: float = Field(default=1.0, ge=1, le=6)


class Measured(_Part):
    source: str
    points: tuple[tuple[float, float], ...]


class Description(_Part):
    """The whole file. `calibration` was measured with this very engine; see `error_rates.calibrated`."""

    name: str
    version: str
    maker: str
    licence: str
    detector: Detector
    embedding: Model
    attack: Attack | None = None
    calibration: Measured


def read(folder: Path) -> Description:
    """The description of a folder of models. Raises `UnreadableError` that names the file, the place and the cause."""
    path = folder / "engine.yaml"
    try:
        with path.open("rb") as stream:
            data = stream.read(_MOST_BYTES + 1)
        if len(data) > _MOST_BYTES:
            raise UnreadableError("%(path)s is larger than a description is", path=str(path))
        return Description.model_validate(yaml.safe_load(data))
    except (OSError, yaml.YAMLError, UnicodeDecodeError) as error:
        raise UnreadableError("%(path)s: %(cause)s", path=str(path), cause=str(error)) from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise UnreadableError(
            "%(path)s: %(place)s: %(cause)s", path=str(path), place=place, cause=first["msg"]
        ) from error


def model_bytes(folder: Path, model: Model) -> bytes:
    """A model's file, which stands in the folder itself and is the one that was described. Raises `UnreadableError`."""
    path = folder / model.file
    if path.resolve().parent != folder.resolve():
        raise UnreadableError("%(file)s does not lie in the folder of its description", file=model.file)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableError("%(path)s: %(cause)s", path=str(path), cause=str(error)) from error
    if model.sha256 is not None and hashlib.sha256(data).hexdigest() != model.sha256.lower():
        raise UnreadableError("%(path)s is not the file that was described: its digest differs", path=str(path))
    return data

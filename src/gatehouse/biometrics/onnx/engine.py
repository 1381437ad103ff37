"""Detector, embedding and attack models as one engine. Each runs in this process on two threads."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from gatehouse.biometrics.calibration import Calibration
from gatehouse.biometrics.engine import EngineInfo
from gatehouse.biometrics.onnx import alignment
from gatehouse.biometrics.onnx.decoding import decode
from gatehouse.biometrics.onnx.description import Attack, Description, Model, model_bytes, read
from gatehouse.biometrics.pictures import Box, Face, Floats, Picture, Template
from gatehouse.kernel.errors import UnreadableError

_THREADS = 2


class OnnxEngine:
    """Loads the models of a folder once; see `description` for what the folder holds. Safe for several threads."""

    def __init__(self, folder: Path) -> None:
        """Raises `UnreadableError` for a folder, description or model that cannot be used, or without the runtime."""
        self._described = described = read(folder)
        self._detector = _Session(folder, described.detector)
        self._embedding = _Session(folder, described.embedding)
        self._attack = _Session(folder, described.attack) if described.attack else None
        self.info = EngineInfo(described.name, described.version, described.maker)
        self.calibration = Calibration(described.calibration.points, described.calibration.source)

    @property
    def description(self) -> Description:
        return self._described

    def faces(self, picture: Picture) -> tuple[Face, ...]:
        wanted = self._described.detector
        outputs = self._detector.run(alignment.tensor(alignment.whole(picture), wanted.input))
        found = [_scaled(face, picture) for face in decode(wanted, outputs)]
        return tuple(sorted(found, key=lambda face: -face.box.width * face.box.height))

    def template(self, picture: Picture, face: Face) -> Template:
        wanted = self._described.embedding.input
        [vector, *_] = self._embedding.run(alignment.tensor(alignment.upright(picture, face, wanted), wanted)).values()
        flat = vector.reshape(-1).astype(np.float32)
        length = float(np.linalg.norm(flat))
        if not np.isfinite(length) or not length:
            raise UnreadableError("the embedding model gave no direction for a face")
        return Template(self.info.id, flat / np.float32(length))

    def score(self, one: Template, other: Template) -> float:
        if {one.engine, other.engine} != {self.info.id}:
            raise ValueError("templates of different engines are not compared")
        return float(one.vector @ other.vector)

    def attack(self, picture: Picture, face: Face) -> float | None:
        if self._attack is None or self._described.attack is None:
            return None
        wanted: Attack = self._described.attack
        [classes, *_] = self._attack.run(
            alignment.tensor(alignment.cut_out(picture, face.box, wanted.context), wanted.input)
        ).values()
        return float(_probabilities(classes.reshape(-1))[wanted.attack_class])


class _Session:
    """One model. What it says goes nowhere: no telemetry, no files."""

    def __init__(self, folder: Path, model: Model) -> None:
        try:
            import onnxruntime  # noqa: PLC0415  (the extra `biometrics`)
        except ImportError as error:
            raise UnreadableError(
                "the models of a face engine need ONNX Runtime: install gatehouse with the extra biometrics"
            ) from error
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = _THREADS
        options.log_severity_level = 4
        data = model_bytes(folder, model)
        try:
            self._session: Any = onnxruntime.InferenceSession(data, options, providers=["CPUExecutionProvider"])
        except Exception as error:  # the runtime's errors share no base
            raise UnreadableError(
                "%(file)s is no model that ONNX Runtime runs: %(cause)s", file=model.file, cause=_line(error)
            ) from error
        self._file = model.file
        self._input = self._session.get_inputs()[0].name
        self._outputs = [output.name for output in self._session.get_outputs()]

    def run(self, values: Floats) -> Mapping[str, Floats]:
        try:
            found = self._session.run(None, {self._input: values})
        except Exception as error:  # the runtime's errors share no base
            raise UnreadableError(
                "%(file)s does not take its described input: %(cause)s", file=self._file, cause=_line(error)
            ) from error
        return dict(zip(self._outputs, found, strict=True))


def _line(error: Exception) -> str:
    return " ".join(str(error).split())[:200]


def _scaled(face: Face, picture: Picture) -> Face:
    box, size = face.box, np.array((picture.width, picture.height), np.float32)
    place = Box(
        box.left * picture.width, box.top * picture.height, box.right * picture.width, box.bottom * picture.height
    )
    return Face(place, face.confidence, None if face.landmarks is None else face.landmarks * size)


def _probabilities(classes: Floats) -> Floats:
    """Softmax, unless they are probabilities already."""
    if classes.min() >= 0 and abs(float(classes.sum()) - 1) < 1e-3:
        return classes
    raised = np.exp(classes - classes.max())
    found: Floats = raised / raised.sum()
    return found

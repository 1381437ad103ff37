"""From the outputs of a detector to faces, in fractions of the picture it was shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from gatehouse.biometrics.onnx.description import Detector
from gatehouse.biometrics.pictures import Box, Face, Floats
from gatehouse.kernel.errors import UnreadableError


def decode(detector: Detector, outputs: Mapping[str, Floats]) -> list[Face]:
    """Faces above the least confidence, overlapping ones as one, the surest first.

    Raises `UnreadableError` where the outputs are not of the shape that the description says.
    """
    try:
        boxes, scores, marks = (
            _boxes(detector, outputs) if detector.decoding == "boxes" else _strides(detector, outputs)
        )
    except (KeyError, ValueError, IndexError) as error:
        raise UnreadableError(
            "the outputs of the detector do not fit its description: %(cause)s", cause=str(error)
        ) from error
    sure = np.flatnonzero(scores >= detector.least_confidence)
    order = sure[np.argsort(-scores[sure], kind="stable")]
    found = [
        Face(Box(*(float(side) for side in boxes[at])), float(scores[at]), None if marks is None else marks[at])
        for at in order
    ]
    return _without_overlap(found, detector.most_overlap)


def _boxes(detector: Detector, outputs: Mapping[str, Floats]) -> tuple[Floats, Floats, Floats | None]:
    name = detector.outputs
    boxes = outputs[name.get("boxes", "boxes")].reshape(-1, 4)
    scores = outputs[name.get("scores", "scores")].reshape(len(boxes), -1)[:, -1]
    marks = outputs[name["landmarks"]].reshape(len(boxes), 5, 2) if "landmarks" in name else None
    return boxes, scores, marks


def _strides(detector: Detector, outputs: Mapping[str, Floats]) -> tuple[Floats, Floats, Floats | None]:
    """Outputs named `scores_8`, `boxes_8`, `landmarks_8` and so on, or as `outputs` renames them."""
    boxes, scores, marks = [], [], []
    size = np.array((detector.input.width, detector.input.height), np.float32)
    for stride in detector.strides:
        centres = _centres(detector, stride)
        score = _named(detector, outputs, f"scores_{stride}").reshape(-1)
        distance = _named(detector, outputs, f"boxes_{stride}").reshape(-1, 4) * stride
        if len(score) != len(centres) or len(distance) != len(centres):
            raise ValueError(f"stride {stride} has {len(score)} scores for {len(centres)} anchors")  # noqa: EM102
        corners = np.concatenate((centres - distance[:, :2], centres + distance[:, 2:]), axis=1)
        boxes.append(corners / np.tile(size, 2))
        scores.append(score)
        if detector.outputs.get(f"landmarks_{stride}", f"landmarks_{stride}") in outputs:
            points = _named(detector, outputs, f"landmarks_{stride}").reshape(-1, 5, 2) * stride
            marks.append((points + centres[:, None]) / size)
    return np.concatenate(boxes), np.concatenate(scores), np.concatenate(marks) if marks else None


def _named(detector: Detector, outputs: Mapping[str, Floats], name: str) -> Floats:
    return outputs[detector.outputs.get(name, name)]


def _centres(detector: Detector, stride: int) -> Floats:
    rows, columns = detector.input.height // stride, detector.input.width // stride
    down, right = np.mgrid[:rows, :columns]
    grid = np.stack((right, down), axis=-1).reshape(-1, 2).astype(np.float32) * stride
    centres: Floats = np.repeat(grid, detector.anchors, axis=0)
    return centres


def _without_overlap(faces: Sequence[Face], most: float) -> list[Face]:
    kept: list[Face] = []
    for face in faces:
        if all(face.box.overlap(other.box) <= most for other in kept):
            kept.append(face)
    return kept

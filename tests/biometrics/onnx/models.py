"""Tiny models made for the tests: each computes something that a test can say in numbers."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import yaml
from onnx import TensorProto, helper, numpy_helper

SIZE = 16


def constant_model(outputs: dict[str, Any], *, size: int = SIZE) -> bytes:
    """A model that gives these arrays whatever it is shown."""
    arrays = {name: np.asarray(value, np.float32) for name, value in outputs.items()}
    nodes = [
        helper.make_node("Constant", [], [name], value=numpy_helper.from_array(value)) for name, value in arrays.items()
    ]
    given = [helper.make_tensor_value_info(name, TensorProto.FLOAT, value.shape) for name, value in arrays.items()]
    return _model(nodes, given, size)


def means_model(*, size: int = SIZE) -> bytes:
    """A model whose output is the mean of each channel: shape (1, 3, 1, 1)."""
    node = helper.make_node("GlobalAveragePool", ["input"], ["vector"])
    return _model([node], [helper.make_tensor_value_info("vector", TensorProto.FLOAT, (1, 3, 1, 1))], size)


def _model(nodes: list[Any], outputs: list[Any], size: int) -> bytes:
    taken = helper.make_tensor_value_info("input", TensorProto.FLOAT, (1, 3, size, size))
    graph = helper.make_graph(nodes, "test", [taken], outputs)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
    onnx.checker.check_model(model)
    data: bytes = model.SerializeToString()
    return data


def described(folder: Path, **changes: Any) -> Path:
    """A folder with a detector of one face on the left half, an embedding of mean colours, and their description."""
    detector = constant_model({"boxes": [[[0, 0, 0.5, 1], [0.02, 0, 0.5, 1]]], "scores": [[[0.1, 0.9], [0.2, 0.8]]]})
    (folder / "detector.onnx").write_bytes(detector)
    (folder / "embedding.onnx").write_bytes(means_model())
    plain = {"width": SIZE, "height": SIZE, "scale": [1, 1, 1]}
    description: dict[str, Any] = {
        "name": "tiny",
        "version": "1",
        "maker": "tests",
        "licence": "none",
        "detector": {
            "file": "detector.onnx",
            "sha256": hashlib.sha256(detector).hexdigest(),
            "input": plain,
            "decoding": "boxes",
        },
        "embedding": {"file": "embedding.onnx", "input": plain},
        "calibration": {"source": "tests", "points": [[0.9, 0.001]]},
    }
    (folder / "engine.yaml").write_text(yaml.safe_dump(description | changes))
    return folder

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from tests.biometrics.engines import noise
from tests.biometrics.onnx.models import SIZE, constant_model, described

from gatehouse.biometrics.comparing import Policy, compare_faces
from gatehouse.biometrics.onnx import OnnxEngine
from gatehouse.biometrics.pictures import Picture, Template
from gatehouse.kernel.errors import UnreadableError
from gatehouse.kernel.results import Result

INPUT = {"width": SIZE, "height": SIZE}


def halves(left: tuple[int, int, int], right: tuple[int, int, int]) -> Picture:
    pixels = np.zeros((40, 80, 3), np.uint8)
    pixels[:, :40], pixels[:, 40:] = left, right
    return Picture(pixels)


def test_overlapping_boxes_are_one_face_in_the_picture_s_own_pixels(tmp_path: Path) -> None:
    [face] = OnnxEngine(described(tmp_path)).faces(halves((1, 2, 3), (0, 0, 0)))
    assert (face.box.left, face.box.top, face.box.right, face.box.bottom) == (0, 0, 40, 40)
    assert face.confidence == pytest.approx(0.9)


def test_the_template_is_of_the_face_alone(tmp_path: Path) -> None:
    engine = OnnxEngine(described(tmp_path))
    picture = halves((200, 0, 0), (0, 0, 255))
    template = engine.template(picture, engine.faces(picture)[0])
    assert template.engine == "tiny 1"
    assert template.vector.tolist() == [1, 0, 0]


def test_a_comparison_through_the_models(tmp_path: Path) -> None:
    engine = OnnxEngine(described(tmp_path))
    policy = Policy(least_quality=0)
    red, other = halves((200, 10, 10), (0, 0, 255)), halves((10, 200, 10), (0, 0, 255))
    assert compare_faces(engine, red, red, policy).result is Result.SUCCESSFUL
    assert compare_faces(engine, red, other, policy).result is Result.FAILED


def test_channels_go_in_the_order_that_the_description_says(tmp_path: Path) -> None:
    embedding = {"file": "embedding.onnx", "input": {**INPUT, "order": "bgr", "scale": [1, 1, 1]}}
    engine = OnnxEngine(described(tmp_path, embedding=embedding))
    picture = halves((200, 0, 0), (0, 0, 0))
    assert engine.template(picture, engine.faces(picture)[0]).vector.tolist() == [0, 0, 1]


def test_detectors_of_strides_are_decoded(tmp_path: Path) -> None:
    rows = (SIZE // 8) ** 2
    scores, boxes, marks = np.zeros((rows, 1)), np.zeros((rows, 4)), np.zeros((rows, 10))
    scores[3], boxes[3], marks[3] = 0.8, (0.5, 1, 0.5, 1), 0.25
    (tmp_path / "strides.onnx").write_bytes(
        constant_model({"scores_8": scores, "boxes_8": boxes, "landmarks_8": marks})
    )
    detector = {"file": "strides.onnx", "input": INPUT, "decoding": "strides", "strides": [8], "anchors": 1}
    [face] = OnnxEngine(described(tmp_path, detector=detector)).faces(noise(size=(32, 32)))
    # anchor at (8, 8) of 16: 4 left, 8 up, 4 right, 8 down; twice as large in the picture
    assert (face.box.left, face.box.top, face.box.right, face.box.bottom) == (8, 0, 24, 32)
    assert face.landmarks is not None
    assert face.landmarks.tolist() == [[20, 20]] * 5


def test_an_attack_score_is_the_probability_of_its_class(tmp_path: Path) -> None:
    (tmp_path / "attack.onnx").write_bytes(constant_model({"logits": [[0.0, np.log(3.0)]]}))
    attack = {"file": "attack.onnx", "input": INPUT, "attack_class": 1}
    engine = OnnxEngine(described(tmp_path, attack=attack))
    picture = noise()
    assert engine.attack(picture, engine.faces(picture)[0]) == pytest.approx(0.75)
    assert OnnxEngine(described(tmp_path)).attack(picture, engine.faces(picture)[0]) is None


def test_a_model_that_is_not_the_described_file_does_not_run(tmp_path: Path) -> None:
    described(tmp_path)
    (tmp_path / "detector.onnx").write_bytes(b"another")
    with pytest.raises(UnreadableError, match="its digest differs"):
        OnnxEngine(tmp_path)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"calibration": {"source": "", "points": [[0.9, 0.001]]}}, "says where they are from"),
        ({"surprise": 1}, "surprise: Extra inputs"),
        ({"embedding": {"file": "../outside.onnx", "input": INPUT}}, "does not lie in the folder"),
        ({"embedding": {"file": "absent.onnx", "input": INPUT}}, "No such file"),
        ({"embedding": {"file": "engine.yaml", "input": INPUT}}, "is no model that ONNX Runtime runs"),
    ],
)
def test_a_description_that_does_not_hold_is_one_clear_error(
    tmp_path: Path, changes: dict[str, object], words: str
) -> None:
    with pytest.raises(UnreadableError, match=words):
        OnnxEngine(described(tmp_path, **changes))


def test_a_folder_without_a_description(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match=r"engine\.yaml: .*No such file"):
        OnnxEngine(tmp_path)


def test_an_input_of_another_size_than_described_is_said(tmp_path: Path) -> None:
    embedding = {"file": "embedding.onnx", "input": {"width": 32, "height": 32}}
    engine = OnnxEngine(described(tmp_path, embedding=embedding))
    picture = noise()
    with pytest.raises(UnreadableError, match="does not take its described input"):
        engine.template(picture, engine.faces(picture)[0])


def test_outputs_that_do_not_fit_the_description_are_said(tmp_path: Path) -> None:
    detector = {"file": "detector.onnx", "input": INPUT, "decoding": "strides"}
    with pytest.raises(UnreadableError, match="do not fit its description"):
        OnnxEngine(described(tmp_path, detector=detector)).faces(noise())


def test_templates_of_different_engines_are_not_compared(tmp_path: Path) -> None:
    engine = OnnxEngine(described(tmp_path))
    one = Template("tiny 1", np.ones(1, np.float32))
    with pytest.raises(ValueError, match="different engines"):
        engine.score(one, Template("tiny 2", one.vector))

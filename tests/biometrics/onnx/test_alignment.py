from __future__ import annotations

import numpy as np

from gatehouse.biometrics.onnx.alignment import _STANDARD, upright
from gatehouse.biometrics.onnx.description import Input
from gatehouse.biometrics.pictures import Box, Face, Picture

WANTED = Input(width=112, height=112)


def marked(points: np.ndarray, size: int) -> Picture:
    """White squares of 9 pixels at the points, on black."""
    pixels = np.zeros((size, size, 3), np.uint8)
    for x, y in points.round().astype(int):
        pixels[y - 4 : y + 5, x - 4 : x + 5] = 255
    return Picture(pixels)


def test_a_turned_and_scaled_face_is_put_upright() -> None:
    angle, scale = 0.4, 2.5
    turn = np.array(((np.cos(angle), -np.sin(angle)), (np.sin(angle), np.cos(angle)))) * scale
    points = (_STANDARD @ turn.T + (190, 40)).astype(np.float32)
    picture = marked(points, 520)
    shown = np.asarray(upright(picture, Face(Box(0, 0, 520, 520), 1, points), WANTED).convert("L"))
    assert [int(shown[round(y), round(x)]) for x, y in _STANDARD] == [255] * 5
    assert shown[10, 10] == 0


def test_without_landmarks_the_box_is_cut_out() -> None:
    picture = marked(np.array(((60.0, 60.0),)), 120)
    shown = upright(picture, Face(Box(50, 50, 70, 70), 1), WANTED)
    assert shown.size == (20, 20)
    assert np.asarray(shown)[10, 10].tolist() == [255, 255, 255]

from __future__ import annotations

import numpy as np
import pytest
from tests.biometrics.engines import FACE, noise

from gatehouse.biometrics.pictures import Box, Picture
from gatehouse.biometrics.quality import quality


def test_a_picture_of_bytes() -> None:
    picture = Picture.of_rgb(2, 1, bytes((255, 0, 0, 0, 255, 0)))
    assert (picture.width, picture.height) == (2, 1)
    assert picture.grey.tolist() == [[pytest.approx(76.245, abs=0.01), pytest.approx(149.685, abs=0.01)]]


def test_bytes_that_do_not_fit_are_refused() -> None:
    with pytest.raises(ValueError, match="reshape"):
        Picture.of_rgb(2, 2, bytes(6))
    with pytest.raises(ValueError, match="height x width x 3"):
        Picture(np.zeros((2, 2), np.uint8))


def test_how_far_boxes_overlap() -> None:
    box = Box(0, 0, 10, 10)
    assert (box.overlap(box), box.overlap(Box(5, 0, 15, 10)), box.overlap(Box(10, 0, 20, 10))) == (1.0, 50 / 150, 0.0)


def test_a_picture_is_as_good_as_what_is_worst_about_it() -> None:
    sharp = quality(noise(), FACE)
    assert (sharp.components["resolution"], sharp.components["sharpness"]) == (100, 100)
    blank = quality(Picture(np.full((300, 240, 3), 128, np.uint8)), FACE)
    assert dict(blank.components) == {"resolution": 100, "sharpness": 0, "contrast": 0, "exposure": 100}
    assert (blank.score, blank.worst) == (0, "sharpness")

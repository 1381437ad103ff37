from __future__ import annotations

import numpy as np
import pytest

from gatehouse.biometrics.pictures import Picture, Template
from gatehouse.biometrics.reference import INFO, ReferenceEngine

SKIN, WALL = (214, 158, 116), (227, 232, 236)


def people(*places: int) -> Picture:
    """Patches of skin, 60 x 80 pixels, on a wall."""
    pixels = np.full((200, 400, 3), WALL, np.uint8)
    for left in places:
        pixels[60:140, left : left + 60] = SKIN
    return Picture(pixels)


def test_it_says_that_it_is_for_demonstration() -> None:
    assert INFO.demonstration
    assert ReferenceEngine().attack(people(100), ReferenceEngine().faces(people(100))[0]) is None


def test_each_patch_is_a_face() -> None:
    engine = ReferenceEngine()
    assert [len(engine.faces(people(*places))) for places in ((), (100,), (40, 260))] == [0, 1, 2]
    [face] = engine.faces(people(100))
    assert (face.box.left, face.box.top, face.box.right, face.box.bottom) == (100, 60, 160, 140)


def test_a_face_agrees_with_itself_wholly() -> None:
    engine, picture = ReferenceEngine(), people(100)
    template = engine.template(picture, engine.faces(picture)[0])
    assert engine.score(template, template) == pytest.approx(1)


def test_templates_of_another_engine_are_not_compared() -> None:
    template = Template("other 1", np.ones(1, np.float32))
    with pytest.raises(ValueError, match="different engines"):
        ReferenceEngine().score(template, template)

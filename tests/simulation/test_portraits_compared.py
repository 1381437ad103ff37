"""What the built-in engine's calibration says was measured, measured again: on drawn faces, not on people."""

from __future__ import annotations

from io import BytesIO
from random import Random

import numpy as np
from PIL import Image

from gatehouse.biometrics.error_rates import Compared, error_rates
from gatehouse.biometrics.pictures import Picture, Template
from gatehouse.biometrics.reference import CALIBRATION, ReferenceEngine
from gatehouse.simulation.portraits import portrait

PEOPLE = 100


def template(data: bytes) -> Template:
    engine, picture = ReferenceEngine(), Picture(np.asarray(Image.open(BytesIO(data)).convert("RGB")))
    return engine.template(picture, engine.faces(picture)[0])


def test_the_calibration_is_what_was_measured() -> None:
    rng, engine = Random(3), ReferenceEngine()
    issued = [template(portrait(seed)) for seed in range(PEOPLE)]
    live = [
        template(portrait(seed, pose=rng.uniform(-0.5, 0.5), light=rng.uniform(0.85, 1.1))) for seed in range(PEOPLE)
    ]
    compared = [
        Compared(engine.score(one, other), mated=a == b) for a, one in enumerate(issued) for b, other in enumerate(live)
    ]
    found = {score: error_rates(compared, score) for score, _ in CALIBRATION.points}
    for score, claimed in CALIBRATION.points:
        assert 0.7 * claimed <= (found[score].fmr.value or 0) <= claimed
    assert [each.fnmr.errors for each in found.values()] == [0, 4, 20]

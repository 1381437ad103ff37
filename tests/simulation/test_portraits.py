"""Drawn faces: the same for the same seed, others for others, and quick."""

from __future__ import annotations

import pytest

from gatehouse.documents.images import ImageFacts, ImageFormat, inspect
from gatehouse.simulation.portraits import portrait


def test_a_portrait_is_a_small_jpeg() -> None:
    image = portrait(7)
    assert inspect(image) == ImageFacts(ImageFormat.JPEG, 240, 320)
    assert 4_000 < len(image) < 16_000


def test_the_same_seed_draws_the_same_face() -> None:
    assert portrait(7) == portrait(7)
    assert portrait(7, pose=0.5) == portrait(7, pose=0.5)


def test_other_seeds_draw_other_faces() -> None:
    assert len({portrait(seed) for seed in range(200)}) == 200


@pytest.mark.parametrize("changed", [{"pose": 0.5}, {"pose": -1}, {"light": 0.8}, {"light": 1.2}])
def test_pose_and_light_change_the_picture(changed: dict[str, float]) -> None:
    assert portrait(7, **changed) != portrait(7)


@pytest.mark.parametrize("light", [0, 100])
def test_the_darkest_and_the_brightest_are_still_pictures(light: float) -> None:
    assert inspect(portrait(7, light=light)).width == 240


def test_a_head_turns_no_further_than_to_the_side() -> None:
    assert portrait(7, pose=5) == portrait(7, pose=1)

"""A score as a place, rates and qualities in words."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from gatehouse.web.console.biometrics import in_language, one_in, place, quality_word


@pytest.mark.parametrize(
    ("score", "threshold", "where"),
    [(0.5, 0.5, 60.0), (1.0, 0.5, 100.0), (0.75, 0.5, 80.0), (0.25, 0.5, 40.0), (-1.0, 0.5, 0.0), (1.0, 1.0, 60.0)],
)
def test_the_threshold_stands_always_at_the_same_place(score: float, threshold: float, where: float) -> None:
    assert place(score, threshold) == pytest.approx(where)


def test_rates_and_qualities_in_words() -> None:
    with override("en"):
        assert [one_in(rate) for rate in (0.001, 0.05, 0.00003)] == ["1 in 1,000", "1 in 20", "1 in 33,333"]
        assert quality_word({"sharpness": 60, "contrast": 90}) == "good"
        assert quality_word({"sharpness": 59, "contrast": 90}) == "usable (sharpness)"
        assert quality_word({"sharpness": 59, "exposure": 19}) == "poor (exposure)"
        assert quality_word({"recorded": 30}) == "usable"


def test_a_text_of_the_profile_in_the_readers_language() -> None:
    texts = {"zh-hant": "未滿十四歲", "en": "under fourteen years"}
    with override("zh-hant"):
        assert in_language(texts) == "未滿十四歲"
    with override("en"):
        assert in_language(texts) == "under fourteen years"
    assert in_language({}) == ""

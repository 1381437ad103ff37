"""Passwords of a chip: the examples of ICAO 9303-11 appendix D.2."""

from __future__ import annotations

import pytest

from gatehouse.documents.chip.access import CanKey, MrzKey


@pytest.mark.parametrize(
    ("key", "secret"),
    [
        (MrzKey("L898902C", "690806", "940623"), "239AB9CB282DAF66231DC5A4DF6BFBAEDF477565"),
        (MrzKey("D23145890734", "340712", "950712"), "B366AD857DDCA2B08C0E299811714730"),
        (MrzKey("L898902C<", "690806", "940623"), "239AB9CB282DAF66231DC5A4DF6BFBAEDF477565"),
    ],
    ids=["nine characters", "a longer number", "its filler given"],
)
def test_the_examples_of_appendix_d_2(key: MrzKey, secret: str) -> None:
    assert key.secret.hex().upper().startswith(secret)
    assert len(key.secret) == 20


def test_a_card_access_number_is_its_digits() -> None:
    assert CanKey("123456").secret == b"123456"


def test_secrets_are_not_shown() -> None:
    assert repr((MrzKey("L898902C", "690806", "940623"), CanKey("123456"))) == "(MrzKey(), CanKey())"

"""Vectors: ICAO Doc 9303-3 4.9 and its appendix A."""

import pytest

from gatehouse.documents.mrz import check_digit


@pytest.mark.parametrize(
    ("element", "digit"),
    [
        ("520727", "3"),  # example 1
        ("AB2134<<<", "5"),  # example 2
        ("HA672242<658022549601086<<<<<<<<<<<<<<0", "8"),  # example 3
        ("D231458907<<<<<<<<<<<<<<<34071279507122<<<<<<<<<<<", "2"),  # example 4
        ("D23145890734", "9"),  # 9303-11 appendix D.2
        ("<<<<<<", "0"),
        ("", "0"),
    ],
)
def test_check_digit(element: str, digit: str) -> None:
    assert check_digit(element) == digit

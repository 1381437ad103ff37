"""Keys from the zones of ICAO 9303-11 appendix D.2."""

from __future__ import annotations

from datetime import date

import pytest

from gatehouse.documents.chip.access import CanKey, MrzKey
from gatehouse.documents.mrz import parse_mrz
from gatehouse.kernel.errors import UnreadableError

ON = date(2024, 1, 1)
#: SHA-1 of the MRZ information of the example that the appendix takes on with.
OF_ERIKSSON = "239ab9cb282daf66231dc5a4df6bfbaedf477565"


@pytest.mark.parametrize(
    "zone",
    [
        "I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<\nL898902C<3UTO6908061F9406236<<<<<<<8",
        "I<UTOL898902C<3<<<<<<<<<<<<<<<\n6908061F9406236UTO<<<<<<<<<<<1\nERIKSSON<<ANNA<MARIA<<<<<<<<<<",
    ],
    ids=["TD2", "TD1"],
)
def test_a_number_of_nine_characters(zone: str) -> None:
    key = MrzKey.from_mrz(parse_mrz(zone, on=ON))
    assert key == MrzKey("L898902C<", "690806", "940623")
    assert key.secret.hex() == OF_ERIKSSON
    assert MrzKey("L898902C", "690806", "940623").secret == key.secret


@pytest.mark.parametrize(
    "zone",
    [
        "I<UTOSTEVENSON<<PETER<JOHN<<<<<<<<<<\nD23145890<UTO3407127M95071227349<<<8",
        "I<UTOD23145890<7349<<<<<<<<<<<\n3407127M9507122UTO<<<<<<<<<<<2\nSTEVENSON<<PETER<JOHN<<<<<<<<<",
    ],
    ids=["TD2", "TD1"],
)
def test_a_longer_number_is_taken_whole(zone: str) -> None:
    key = MrzKey.from_mrz(parse_mrz(zone, on=ON))
    assert key == MrzKey("D23145890734", "340712", "950712")
    assert key.checked_number == b"D231458907349"
    assert key.secret.hex().upper().startswith("B366AD857DDCA2B08C0E299811714730")


def test_a_card_access_number_is_its_digits() -> None:
    assert CanKey("123456").secret == b"123456"


def test_no_key_is_shown() -> None:
    assert repr(MrzKey("L898902C<", "690806", "940623")) == "MrzKey()"
    assert repr(CanKey("123456")) == "CanKey()"


@pytest.mark.parametrize("digits", ["", "12345a", "１２３", "-1"])
def test_a_card_access_number_has_digits_alone(digits: str) -> None:
    with pytest.raises(UnreadableError, match="a card access number has digits alone"):
        CanKey(digits)

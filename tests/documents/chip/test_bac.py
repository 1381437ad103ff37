"""Basic access control: ICAO 9303-11 appendix D octet by octet, and chips that do not answer as it says."""

from __future__ import annotations

import pytest
from tests.documents.chip.replay import Drawn, Replay

from gatehouse.documents.chip.access import MrzKey
from gatehouse.documents.chip.apdu import CommandApdu
from gatehouse.documents.chip.bac import open_with_bac
from gatehouse.documents.chip.channel import Channel
from gatehouse.documents.chip.cipher import TRIPLE_DES, SessionKeys
from gatehouse.documents.chip.errors import AuthenticationError, ProtocolError, StatusError

KEY = MrzKey("L898902C<", "690806", "940623")
CHALLENGE = ("0084000008", "4608F919887022129000")
PROOF = "72C29C2371CC9BDB65B779B8E8D37B29ECC154AA56A8799FAE2F498F76ED92F25F1448EEA8AD90A7"
AUTHENTICATE = f"0082000028{PROOF}28"
ANSWER = "46B9342A41396CD7386BF5803104D7CEDC122B9132139BAF2EEDC94EE178534F2F2D235D074D7449"
SELECT = ("0CA4020C158709016375432908C044F68E08BF8B92D635FF24F800", "990290008E08FA855A5D4C50A8ED9000")


def run(*exchanges: tuple[str, str]) -> tuple[SessionKeys, Channel]:
    channel = Channel(Replay(exchanges))
    drawn = Drawn("781723860C06C226", "0B795240CB7049B01C19B33E32804F0B", "0B795240CB7049B01C19B33E32804F0B")
    return open_with_bac(channel, KEY, random=drawn.octets), channel


def test_appendix_d_3_and_the_first_command_of_d_4() -> None:
    keys, channel = run(CHALLENGE, (AUTHENTICATE, f"{ANSWER}9000"), SELECT)
    assert keys == SessionKeys(
        TRIPLE_DES,
        bytes.fromhex("979EC13B1CBFE9DCD01AB0FED307EAE5"),
        bytes.fromhex("F1CB1F1FB5ADF208806B89DC579DC1F8"),
    )
    assert channel.send(CommandApdu(0, 0xA4, 2, 0x0C, bytes.fromhex("011E"))).encode() == b"\x90\0"


@pytest.mark.parametrize("status", ["6700", "6C00"])
def test_a_chip_that_wants_the_longest_answer_is_asked_once_more(status: str) -> None:
    longest = (f"0082000028{PROOF}00", f"{ANSWER}9000")
    keys, _ = run(CHALLENGE, (AUTHENTICATE, status), CHALLENGE, longest)
    assert keys.encryption.hex() == "979ec13b1cbfe9dcd01ab0fed307eae5"


@pytest.mark.parametrize("status", ["6300", "63C2", "6982", "6985", "6988", "6A80"])
def test_a_wrong_key_is_an_error_of_authentication(status: str) -> None:
    with pytest.raises(AuthenticationError, match="the chip does not accept the key of the machine readable zone"):
        run(CHALLENGE, (AUTHENTICATE, status))


def test_a_chip_that_does_not_hold_the_key_is_not_believed() -> None:
    with pytest.raises(AuthenticationError, match="is not made with the document's key"):
        run(CHALLENGE, (AUTHENTICATE, f"{'00' * 40}9000"))
    replayed = ("0084000008", "46F908191270218899" + "00")
    with pytest.raises(ProtocolError, match="the chip's challenge has 7 bytes instead of 8"):
        run(("0084000008", replayed[1][:14] + "9000"))


def test_an_answer_to_another_challenge_is_not_believed() -> None:
    """A recorded answer, to a terminal that drew other numbers."""
    drawn = Drawn("0000000000000000", "0B795240CB7049B01C19B33E32804F0B")

    class Recorded:
        def transmit(self, command: bytes) -> bytes:
            return bytes.fromhex("4608F919887022129000" if command[1] == 0x84 else f"{ANSWER}9000")

    with pytest.raises(AuthenticationError, match="with another challenge"):
        open_with_bac(Channel(Recorded()), KEY, random=drawn.octets)


@pytest.mark.parametrize("answer", ["9000", "009000", ANSWER[2:] + "9000", "00" + ANSWER + "9000"])
def test_an_answer_of_another_length_is_none(answer: str) -> None:
    with pytest.raises(ProtocolError, match="bytes instead of 40"):
        run(CHALLENGE, (AUTHENTICATE, answer))


def test_a_chip_without_bac_says_so() -> None:
    with pytest.raises(StatusError) as refused:
        run(("0084000008", "6D00"))
    assert refused.value.status == 0x6D00
    with pytest.raises(ProtocolError, match="a response of 1 bytes has no status word"):
        run(("0084000008", "90"))


def test_a_response_in_parts_is_put_together_and_one_without_end_is_refused() -> None:
    in_parts = [("0084000008", "4608F96105"), ("00C0000005", "198870221290" + "00")]
    assert Channel(Replay(in_parts)).send(CommandApdu(0, 0x84, 0, 0, expected=8)).data.hex() == "4608f91988702212"

    class Endless:
        count = 0

        def transmit(self, command: bytes) -> bytes:
            self.count += 1
            return b"\x01\x61\x01"

    chip = Endless()
    with pytest.raises(ProtocolError, match="in parts without end"):
        Channel(chip).send(CommandApdu(0, 0x84, 0, 0, expected=8))
    assert chip.count == 261

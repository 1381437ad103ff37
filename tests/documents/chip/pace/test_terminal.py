"""PACE: appendices G, H and I of ICAO 9303-11 octet by octet, and the habits of real chips."""

from __future__ import annotations

import pytest
from tests.documents.chip.icao_9303_11 import EXAMPLES, G1, I1, INTEGRATED, Example, Integrated
from tests.documents.chip.replay import Drawn, Replay

from gatehouse.documents.chip.access import CanKey
from gatehouse.documents.chip.channel import Channel
from gatehouse.documents.chip.cipher import Purpose
from gatehouse.documents.chip.errors import AuthenticationError, ChipError, ProtocolError, StatusError
from gatehouse.documents.chip.pace import PaceParameters, PaceSession, open_with_pace, usable
from gatehouse.documents.lds.card_access import read as read_card_access
from gatehouse.documents.tlv import compose

octets = bytes.fromhex


def parameters_of(info: str) -> PaceParameters:
    ((found,), refused) = usable(read_card_access(compose(0x31, octets(info))))
    assert not refused
    return found


def run(example: Example, *exchanges: tuple[str, str], ambiguous: bool = False) -> tuple[PaceSession, Replay]:
    replay = Replay(exchanges or example.exchanges)
    drawn, channel = Drawn(*example.private), Channel(replay)
    parameters = parameters_of(example.info)
    session = open_with_pace(channel, example.key, parameters, ambiguous=ambiguous, new_key=drawn.key)
    assert channel.session is not None
    return session, replay


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda each: each.name)
def test_the_worked_example(example: Example) -> None:
    session, replay = run(example)
    assert replay.count == 5
    assert session.parameters.name == f"{example.name.split()[1]}-AES-CBC-CMAC-128"
    assert (session.keys.encryption, session.keys.authentication) == (
        octets(example.encryption),
        octets(example.authentication),
    )
    assert session.authorities == example.authorities
    assert (session.mapping_proof is None) == (example is not I1)


@pytest.mark.parametrize("example", INTEGRATED, ids=lambda each: each.name)
def test_the_worked_example_of_integrated_mapping(example: Integrated) -> None:
    """The appendix gives no key of a zone; its nonce is encrypted again with that of appendix G."""
    parameters = parameters_of(example.info)
    suite, key = parameters.suite, G1.key
    assert suite.decrypt(octets(example.password), octets(example.encrypted_nonce)) == octets(example.nonce)
    encrypted = suite.encrypt(suite.derive(key.secret, Purpose.PASSWORD), octets(example.nonce))

    def step(last: bool, tag: int, data: str, answer_tag: int, answer: str) -> tuple[str, str]:
        body = compose(0x7C, compose(tag, octets(data)) if tag else b"")
        response = compose(0x7C, compose(answer_tag, octets(answer))) + b"\x90\0"
        command = f"{'00' if last else '10'}860000{len(body):02X}{body.hex().upper()}00"
        return command, response.hex()

    replay = Replay(
        [
            (f"0022C1A40F800A{parameters.identifier.hex().upper()}830101", "9000"),
            step(False, 0, "", 0x80, encrypted.hex()),
            step(False, 0x81, example.terminal_nonce, 0x82, ""),
            step(False, 0x83, example.terminal_public, 0x84, example.chip_public),
            step(True, 0x85, example.terminal_token, 0x86, example.chip_token),
        ]
    )
    drawn = Drawn(example.terminal_nonce, example.terminal_private)
    session = open_with_pace(Channel(replay), key, parameters, new_key=drawn.key, random=drawn.octets)
    assert replay.count == 5
    assert (session.keys.encryption, session.keys.authentication) == (
        octets(example.encryption),
        octets(example.authentication),
    )


@pytest.mark.parametrize("status", ["6A80", "6A87", "6A88"])
def test_the_parameters_are_named_where_a_chip_asks_for_them(status: str) -> None:
    (select, _), *rest = G1.exchanges
    named = "0022C1A4" + "12" + select[10:] + "84010D"
    session, replay = run(G1, (select, status), (named, "9000"), *rest)
    assert (session.keys.encryption.hex(), replay.count) == (G1.encryption.lower(), 6)
    _, replay = run(G1, (named, "9000"), *rest, ambiguous=True)
    assert replay.count == 5


def test_a_warning_that_tries_are_limited_is_no_refusal() -> None:
    (select, _), *rest = G1.exchanges
    _, replay = run(G1, (select, "63C1"), *rest)
    assert replay.count == 5
    with pytest.raises(StatusError) as refused:
        run(G1, (select, "6983"))
    assert refused.value.status == 0x6983


def test_a_card_access_number_is_named_as_one() -> None:
    replay = Replay([(G1.exchanges[0][0][:-2] + "02", "6985")])
    with pytest.raises(StatusError):
        open_with_pace(Channel(replay), CanKey("123456"), parameters_of(G1.info))
    assert replay.count == 1


@pytest.mark.parametrize("status", ["6300", "63C0"])
def test_a_wrong_key_is_an_error_of_authentication(status: str) -> None:
    *before, (last, _) = G1.exchanges
    with pytest.raises(AuthenticationError, match="the chip does not accept the key"):
        run(G1, *before, (last, status))


def test_a_chip_that_does_not_know_the_key_is_not_believed() -> None:
    *before, (last, _) = G1.exchanges
    with pytest.raises(AuthenticationError, match="the chip's token of PACE is wrong"):
        run(G1, *before, (last, "7C0A86080000000000000000" + "9000"))


def answers_instead(place: int, response: str) -> list[tuple[str, str]]:
    changed = list(G1.exchanges)
    changed[place] = (changed[place][0], response)
    return changed


MAPPING_OWN = "7C438241" + G1.exchanges[2][0][18:-2] + "9000"
AGREED_OWN = "7C438441" + G1.exchanges[3][0][18:-2] + "9000"


@pytest.mark.parametrize(
    ("place", "response"),
    [
        (1, "9000"),
        (1, "7C009000"),
        (1, "7C0A800811223344556677889000"),
        (2, "7C0282009000"),
        (2, MAPPING_OWN),
        (3, AGREED_OWN),
        (3, "7C438441" + "04" + "11" * 64 + "9000"),
        (4, "7C7F86089000"),
        (2, "6F00"),
    ],
)
def test_a_chip_that_answers_nonsense_ends_it(place: int, response: str) -> None:
    with pytest.raises(ChipError):
        run(G1, *answers_instead(place, response))


def test_a_key_given_back_is_named() -> None:
    for place, response in ((2, MAPPING_OWN), (3, AGREED_OWN)):
        with pytest.raises(ProtocolError, match="the chip gave the terminal's own key back"):
            run(G1, *answers_instead(place, response))

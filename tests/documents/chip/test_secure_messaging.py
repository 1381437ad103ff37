"""Secure messaging: ICAO 9303-11 appendix D.4 octet by octet, and the two sides against each other."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatehouse.documents.chip.apdu import CommandApdu, ResponseApdu
from gatehouse.documents.chip.cipher import AES_128, SUITES, TRIPLE_DES, CipherSuite, SessionKeys
from gatehouse.documents.chip.errors import SecureMessagingError
from gatehouse.documents.chip.secure_messaging import SecureMessaging

octets = bytes.fromhex

KEYS = SessionKeys(TRIPLE_DES, octets("979EC13B1CBFE9DCD01AB0FED307EAE5"), octets("F1CB1F1FB5ADF208806B89DC579DC1F8"))
COUNTER = 0x887022120C06C226
EXCHANGES = [
    (
        CommandApdu(0x00, 0xA4, 0x02, 0x0C, octets("011E")),
        "0CA4020C158709016375432908C044F68E08BF8B92D635FF24F800",
        "990290008E08FA855A5D4C50A8ED9000",
        "9000",
    ),
    (
        CommandApdu(0x00, 0xB0, 0x00, 0x00, expected=4),
        "0CB000000D9701048E08ED6705417E96BA5500",
        "8709019FF0EC34F9922651990290008E08AD55CC17140B2DED9000",
        "60145F019000",
    ),
    (
        CommandApdu(0x00, 0xB0, 0x00, 0x04, expected=18),
        "0CB000040D9701128E082EA28A70F3C7B53500",
        "871901FB9235F4E4037F2327DCC8964F1F9B8C30F42C8E2FFF224A990290008E08C8B2787EAEA07D749000",
        "04303130365F36063034303030305C0261759000",
    ),
]


def test_the_terminal_of_appendix_d_4() -> None:
    terminal = SecureMessaging(KEYS, COUNTER)
    for command, protected, response, plain in EXCHANGES:
        assert terminal.protect_command(command).encode() == octets(protected)
        assert terminal.unprotect_response(ResponseApdu.read(octets(response))).encode() == octets(plain)


def test_the_chip_of_appendix_d_4() -> None:
    chip = SecureMessaging(KEYS, COUNTER)
    for command, protected, response, plain in EXCHANGES:
        assert chip.unprotect_command(CommandApdu.read(octets(protected))) == command
        assert chip.protect_response(ResponseApdu.read(octets(plain)), command.ins).encode() == octets(response)


def sides(suite: CipherSuite) -> tuple[SecureMessaging, SecureMessaging]:
    keys = SessionKeys.derive(suite, b"a shared secret")
    return SecureMessaging(keys), SecureMessaging(keys)


suites = st.sampled_from(SUITES)
commands = st.builds(
    CommandApdu,
    st.sampled_from([0x00, 0x10]),
    *(st.integers(0, 255) for _ in range(3)),
    data=st.binary(max_size=600),
    expected=st.none() | st.integers(1, 65536),
    extended=st.booleans(),
)
responses = st.builds(ResponseApdu, st.binary(max_size=600), st.integers(0x6000, 0x9FFF))


@given(suites, st.lists(st.tuples(commands, responses), min_size=1, max_size=3))
def test_a_session_is_the_same_on_both_sides(
    suite: CipherSuite, exchanges: list[tuple[CommandApdu, ResponseApdu]]
) -> None:
    terminal, chip = sides(suite)
    for command, response in exchanges:
        received = chip.unprotect_command(CommandApdu.read(terminal.protect_command(command).encode()))
        assert (received.header, received.data, received.expected) == (command.header, command.data, command.expected)
        sent = chip.protect_response(response, command.ins).encode()
        assert terminal.unprotect_response(ResponseApdu.read(sent)) == response


@given(suites, st.sampled_from([0xB0, 0xB1]), st.binary(max_size=60), st.data())
def test_one_changed_bit_of_a_response_is_refused(
    suite: CipherSuite, ins: int, data: bytes, draw: st.DataObject
) -> None:
    terminal, chip = sides(suite)
    chip.unprotect_command(terminal.protect_command(CommandApdu(0, ins, 0, 0, expected=0x20)))
    sent = bytearray(chip.protect_response(ResponseApdu(data, 0x9000), ins).data)
    bit = draw.draw(st.integers(0, 8 * len(sent) - 1))
    sent[bit // 8] ^= 1 << bit % 8
    with pytest.raises(SecureMessagingError):
        terminal.unprotect_response(ResponseApdu(bytes(sent), 0x9000))


@given(suites, commands, st.data())
def test_one_changed_bit_of_a_command_is_refused(suite: CipherSuite, command: CommandApdu, draw: st.DataObject) -> None:
    terminal, chip = sides(suite)
    sent = terminal.protect_command(command)
    header_and_data = bytearray(sent.header + sent.data)
    bit = draw.draw(st.integers(0, 8 * len(header_and_data) - 1))
    header_and_data[bit // 8] ^= 1 << bit % 8
    cla, ins, p1, p2, *data = header_and_data
    with pytest.raises(SecureMessagingError):
        chip.unprotect_command(CommandApdu(cla, ins, p1, p2, data=bytes(data)))


def test_a_replayed_response_is_refused() -> None:
    terminal, chip = sides(AES_128)
    command = CommandApdu(0, 0xB0, 0, 0, expected=4)
    chip.unprotect_command(terminal.protect_command(command))
    first = chip.protect_response(ResponseApdu(b"once", 0x9000), command.ins)
    assert terminal.unprotect_response(first).data == b"once"
    terminal.protect_command(command)
    with pytest.raises(SecureMessagingError, match="the checksum is wrong"):
        terminal.unprotect_response(first)


def test_a_chip_that_ends_the_session_is_understood() -> None:
    terminal, _ = sides(TRIPLE_DES)
    with pytest.raises(SecureMessagingError, match="without secure messaging: 6988, secure messaging") as caught:
        terminal.unprotect_response(ResponseApdu(b"", 0x6988))
    assert caught.value.status == 0x6988


def test_a_protected_success_without_checksum_or_status_is_refused() -> None:
    terminal, _ = sides(TRIPLE_DES)
    with pytest.raises(SecureMessagingError, match="the checksum is missing") as caught:
        terminal.unprotect_response(ResponseApdu(octets("99029000"), 0x9000))
    assert caught.value.status == 0x6987
    with pytest.raises(SecureMessagingError, match="the secured data objects are broken"):
        terminal.unprotect_response(ResponseApdu(octets("8708"), 0x9000))


@pytest.mark.parametrize(("suite", "most"), [(TRIPLE_DES, 231), (AES_128, 223)])
def test_the_longest_read_with_short_lengths_fits(suite: CipherSuite, most: int) -> None:
    terminal, chip = sides(suite)
    assert terminal.longest_short_response == most
    assert len(chip.protect_response(ResponseApdu(bytes(most), 0x9000), 0xB0).data) <= 256
    assert len(chip.protect_response(ResponseApdu(bytes(most + 1), 0x9000), 0xB0).data) > 256

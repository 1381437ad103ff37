from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatehouse.documents.chip.apdu import CommandApdu, Instruction, ResponseApdu
from gatehouse.documents.chip.errors import StatusError
from gatehouse.kernel.errors import UnreadableError


@pytest.mark.parametrize(
    ("command", "encoded"),
    [
        (CommandApdu(0x00, 0xA4, 0x00, 0x0C), "00A4000C"),
        (CommandApdu(0x00, 0x84, 0x00, 0x00, expected=8), "0084000008"),
        (CommandApdu(0x00, 0xB0, 0x00, 0x00, expected=256), "00B0000000"),
        (CommandApdu(0x00, 0xA4, 0x02, 0x0C, b"\x01\x1e"), "00A4020C02011E"),
        (CommandApdu(0x00, 0x88, 0x00, 0x00, bytes(8), 256), "0088000008" + 8 * "00" + "00"),
        (CommandApdu(0x00, 0xB0, 0x00, 0x00, expected=256, extended=True), "00B00000000100"),
        (CommandApdu(0x00, 0xB0, 0x00, 0x00, expected=65536), "00B00000000000"),
        (CommandApdu(0x00, 0x2A, 0x00, 0xBE, b"\x01", extended=True), "002A00BE00000101"),
        (CommandApdu(0x00, 0x86, 0x00, 0x00, b"\x7c\x00", 65536), "0086000000000" + "27C000000"),
    ],
)
def test_a_command_is_encoded_in_each_case_of_iso_7816(command: CommandApdu, encoded: str) -> None:
    assert command.encode().hex().upper() == encoded
    again = CommandApdu.read(bytes.fromhex(encoded))
    assert again.encode().hex().upper() == encoded
    assert (again.header, again.data, again.expected) == (command.header, command.data, command.expected)


commands = st.builds(
    CommandApdu,
    *(st.integers(0, 255) for _ in range(4)),
    data=st.binary(max_size=600),
    expected=st.none() | st.integers(1, 65536),
    extended=st.booleans(),
)


@given(commands)
def test_a_command_is_read_as_it_was_made(command: CommandApdu) -> None:
    again = CommandApdu.read(command.encode())
    assert (again.header, again.data, again.expected) == (command.header, command.data, command.expected)


@given(st.binary(max_size=40))
def test_any_octets_are_a_command_or_unreadable(octets: bytes) -> None:
    try:
        command = CommandApdu.read(octets)
    except UnreadableError:
        return
    assert command.encode() == octets


@pytest.mark.parametrize(
    "wrong", ["", "00A404", "00A4040C05A000", "00A4040C0000", "00A4040C000005A000", "00B000000001"]
)
def test_lengths_that_do_not_fit_are_refused(wrong: str) -> None:
    with pytest.raises(UnreadableError):
        CommandApdu.read(bytes.fromhex(wrong))


def test_a_response_is_data_and_a_status_word() -> None:
    response = ResponseApdu.read(bytes.fromhex("4608F919887022129000"))
    assert response == ResponseApdu(bytes.fromhex("4608F91988702212"), 0x9000)
    assert response.need(Instruction.GET_CHALLENGE).hex().upper() == "4608F91988702212"
    with pytest.raises(UnreadableError, match="a response of 1 bytes has no status word"):
        ResponseApdu.read(b"\x90")


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (0x6A82, "the chip answered SELECT with 6A82: there is no such file"),
        (0x63C2, "the chip answered SELECT with 63C2: authentication failed, tries are limited"),
        (0x6C10, "the chip answered SELECT with 6C10: another length is expected"),
        (0x6FFF, "the chip answered SELECT with 6FFF: another error of the chip"),
    ],
)
def test_a_refusal_names_the_command_and_the_status_word(status: int, said: str) -> None:
    with pytest.raises(StatusError) as caught:
        ResponseApdu(b"", status).need(Instruction.SELECT)
    assert (str(caught.value), caught.value.status) == (said, status)

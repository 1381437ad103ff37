"""Misbehaviour by name: what a terminal meets is what the name's sentence says."""

from __future__ import annotations

import pytest
from tests.documents.chip.simulator.terminal import Terminal

from gatehouse.documents.chip.access import MrzKey
from gatehouse.documents.chip.apdu import CommandApdu, ResponseApdu
from gatehouse.documents.chip.cipher import TRIPLE_DES, SessionKeys
from gatehouse.documents.chip.errors import CardRemovedError, CardTimeoutError, SecureMessagingError
from gatehouse.documents.chip.simulator import ChipImage, Fault, SimulatedChip
from gatehouse.documents.chip.simulator.cases import CASES, named
from gatehouse.documents.chip.simulator.faults import refuse
from gatehouse.documents.tlv import compose

KEY = MrzKey("L898902C", "690806", "940623")
COM = bytes.fromhex("60145F0104303130365F36063034303030305C026175")
DG2 = compose(0x75, bytes(4000))


def chip(*names: str) -> Terminal:
    terminal = Terminal(SimulatedChip(ChipImage({"COM": COM, "DG2": DG2}, KEY), faults=named(names)))
    terminal.select_application()
    return terminal


def opened(*names: str) -> Terminal:
    terminal = chip(*names)
    assert terminal.open(KEY).status == 0x9000
    return terminal


def test_every_case_says_what_is_wrong_in_a_sentence() -> None:
    assert all(case.text.endswith(".") and case.text[0].isupper() for case in CASES.values())
    assert len({case.text for case in CASES.values()}) == len(CASES)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("sm-refused", "the chip answered without secure messaging: 6988"),
        ("sm-no-checksum", "the checksum is missing"),
        ("sm-no-cryptogram", "the checksum is wrong"),
        ("sm-no-status", "the checksum is wrong"),
        ("sm-checksum", "the checksum is wrong"),
        ("sm-cryptogram", "the protected data cannot be decrypted"),
    ],
)
def test_secure_messaging_is_broken_when_a_file_is_read(name: str, reason: str) -> None:
    terminal = opened(name)
    assert terminal.select(0x011E).status == 0x9000
    assert terminal.session is not None
    sent = terminal.session.protect_command(CommandApdu(0, 0xB0, 0, 0, expected=4))
    raw = terminal.chip.transmit(sent.encode())
    with pytest.raises(SecureMessagingError, match=reason):
        terminal.session.unprotect_response(ResponseApdu.read(raw))


def test_the_checksum_of_basic_access_control_is_wrong() -> None:
    keys = SessionKeys.derive(TRIPLE_DES, KEY.secret[:16])
    for terminal, right in ((chip(), True), (chip("bac-checksum"), False)):
        answer = terminal.open(KEY).data
        assert (TRIPLE_DES.mac(keys.authentication, answer[:32]) == answer[32:]) is right


@pytest.mark.parametrize(("name", "status"), [("end-6b00", 0x6B00), ("end-6282", 0x6282), ("end-6cxx", 0x6C02)])
def test_the_end_of_a_file(name: str, status: int) -> None:
    terminal = opened(name)
    terminal.select(0x011E)
    assert (terminal.read(20, 10).data, terminal.read(20, 10).status) == (b"", status)
    assert terminal.read(18, 4).data == COM[18:]


@pytest.mark.parametrize(("name", "announced"), [("long-dg2", 5000), ("short-dg2", 3000)])
def test_a_file_lies_about_its_length(name: str, announced: int) -> None:
    terminal = opened(name)
    terminal.select(0x0102)
    assert terminal.read(0, 4).data == b"\x75\x82" + announced.to_bytes(2, "big")
    assert terminal.read(4000, 8).status == 0x6282


@pytest.mark.parametrize(("name", "error"), [("removed", CardRemovedError), ("silent", CardTimeoutError)])
def test_after_twenty_commands_nothing_answers(name: str, error: type[Exception]) -> None:
    terminal = opened(name)  # three commands
    for _ in range(17):
        assert terminal.select(0x011E).status == 0x9000
    for _ in range(2):
        with pytest.raises(error):
            terminal.select(0x011E)


def test_refused_commands() -> None:
    assert chip("no-application").select_application().status == 0x6A82
    assert opened("no-file").select(0x011E).status == 0x6A82
    assert chip("bac-refused").open(KEY).status == 0x6300


def test_a_fault_begins_after_so_many_commands_and_anew_after_a_reset() -> None:
    fault = Fault(lambda command: command.ins == 0x84, refuse(0x6F00), after=2)
    simulated = SimulatedChip(ChipImage({}, KEY), faults=[fault])
    terminal = Terminal(simulated)
    statuses = [terminal.ins(0x84, 0, 0, expected=8).status for _ in range(4)]
    assert statuses == [0x9000, 0x9000, 0x6F00, 0x6F00]
    simulated.reset()
    assert terminal.ins(0x84, 0, 0, expected=8).status == 0x9000

"""A chip with plain files and BAC: the example of ICAO 9303-11 appendix D, access conditions, file ends, limits."""

from __future__ import annotations

import pytest
from tests.documents.chip.simulator.prescribed import Prescribed
from tests.documents.chip.simulator.terminal import Terminal

from gatehouse.documents.chip.access import MrzKey
from gatehouse.documents.chip.apdu import CommandApdu
from gatehouse.documents.chip.simulator import ChipImage, Limits, SimulatedChip
from gatehouse.documents.tlv import compose

octets = bytes.fromhex

KEY = MrzKey("L898902C", "690806", "940623")
COM = octets("60145F0104303130365F36063034303030305C026175")
DG2 = compose(0x75, bytes(range(256)) * 60)
FILES = {"COM": COM, "DG1": compose(0x61, b"zone"), "DG2": DG2, "DG3": compose(0x63, b"finger")}
RND_IC, K_IC = octets("4608F91988702212"), octets("0B4F80323EB3191CB04970CB4052790B")


def chip(**changes: object) -> SimulatedChip:
    limits = changes.pop("limits", Limits())
    assert isinstance(limits, Limits)
    return SimulatedChip(ChipImage(**{"files": FILES, "mrz": KEY, **changes}), limits=limits)  # type: ignore[arg-type]


def opened(**changes: object) -> Terminal:
    terminal = Terminal(chip(**changes))
    terminal.select_application()
    assert terminal.open(KEY).status == 0x9000
    return terminal


def test_the_chip_of_appendix_d_octet_by_octet() -> None:
    simulated = SimulatedChip(ChipImage(FILES, KEY), random=Prescribed(RND_IC, K_IC))
    exchanges = [
        ("00A4040C07A0000002471001", "9000"),
        ("0084000008", "46 08 F9 19 88 70 22 12 9000"),
        (
            "0082000028 72C29C2371CC9BDB65B779B8E8D37B29ECC154AA56A8799FAE2F498F76ED92F2 5F1448EEA8AD90A7 28",
            "46B9342A41396CD7386BF5803104D7CEDC122B9132139BAF2EEDC94EE178534F 2F2D235D074D7449 9000",
        ),
        ("0CA4020C158709016375432908C044F68E08BF8B92D635FF24F800", "990290008E08FA855A5D4C50A8ED9000"),
        ("0CB000000D9701048E08ED6705417E96BA5500", "8709019FF0EC34F9922651990290008E08AD55CC17140B2DED9000"),
        (
            "0CB000040D9701128E082EA28A70F3C7B53500",
            "871901FB9235F4E4037F2327DCC8964F1F9B8C30F42C8E2FFF224A990290008E08C8B2787EAEA07D749000",
        ),
    ]
    for command, response in exchanges:
        assert simulated.transmit(octets(command)) == octets(response)


def test_nothing_is_read_before_access() -> None:
    terminal = Terminal(chip())
    assert terminal.select_application().status == 0x9000
    assert terminal.select(0x011E).status == 0x9000
    assert terminal.read(0, 4) == terminal.read(4, 4)
    assert (terminal.read(0, 4).data, terminal.read(0, 4).status) == (b"", 0x6982)


def test_an_open_document_is_read_without_a_key() -> None:
    terminal = Terminal(chip(mrz=None))
    terminal.select_application()
    assert terminal.read_whole(0x011E, len(COM)) == COM


def test_a_wrong_key_opens_nothing() -> None:
    terminal = Terminal(chip())
    terminal.select_application()
    assert terminal.open(MrzKey("L898902C", "690806", "940624")).status == 0x6300
    terminal.select(0x011E)
    assert terminal.read(0, 4).status == 0x6982


def test_a_challenge_serves_once() -> None:
    simulated = SimulatedChip(ChipImage(FILES, KEY), random=Prescribed(RND_IC, K_IC))
    right = octets("0082000028 72C29C2371CC9BDB65B779B8E8D37B29ECC154AA56A8799FAE2F498F76ED92F2 5F1448EEA8AD90A7 28")
    simulated.transmit(octets("00A4040C07A0000002471001"))
    assert simulated.transmit(right) == octets("6985")
    simulated.transmit(octets("0084000008"))
    assert simulated.transmit(right)[-2:] == octets("9000")
    assert simulated.transmit(right) == octets("6985")


def test_fingerprints_are_not_read_after_basic_access() -> None:
    terminal = opened()
    assert terminal.select(0x0103).status == 0x9000
    assert terminal.read(0, 4).status == 0x6982


def test_without_basic_access_its_commands_are_refused() -> None:
    terminal = Terminal(chip(basic_access=False))
    terminal.select_application()
    assert terminal.open(KEY).status == 0x6985


def test_whole_files_are_read_under_the_session() -> None:
    terminal = opened()
    assert terminal.read_whole(0x0102, len(DG2)) == DG2
    assert terminal.read_whole(0x011E, len(COM)) == COM


def test_a_short_identifier_selects_and_reads() -> None:
    terminal = opened()
    assert terminal.ins(0xB0, 0x9E, 0, expected=4).data == COM[:4]
    assert terminal.read(4, 4).data == COM[4:8]
    assert terminal.ins(0xB0, 0x8A, 0, expected=4).status == 0x6A82


def test_the_odd_instruction_reads_by_a_data_object() -> None:
    terminal = opened()
    terminal.select(0x0102)
    assert terminal.ins(0xB1, 0, 0, octets("54023000"), 100).data == compose(0x53, DG2[0x3000 : 0x3000 + 98])
    assert terminal.ins(0xB1, 0, 0x1E, octets("540100"), 6).data == compose(0x53, COM[:4])
    assert terminal.ins(0xB1, 0, 0, octets("5501"), 6).status == 0x6A80


def test_the_end_of_a_file() -> None:
    terminal = opened()
    terminal.select(0x011E)
    assert (terminal.read(20, 10).data, terminal.read(20, 10).status) == (COM[20:], 0x6282)
    assert (terminal.read(20, 2).data, terminal.read(20, 2).status) == (COM[20:], 0x9000)
    assert (terminal.read(0, 256).data, terminal.read(0, 256).status) == (COM, 0x9000)
    assert terminal.read(22, 1).status == 0x6B00


def test_a_short_response_holds_what_fits_into_it() -> None:
    terminal = opened()
    terminal.select(0x0102)
    assert terminal.read(0, 256).data == DG2[:231]


def test_an_extended_response_holds_a_whole_file() -> None:
    terminal = opened()
    terminal.select(0x0102)
    assert terminal.read(0, 65536).data == DG2
    assert opened(limits=Limits(largest_response=1000)).ins(0xB0, 0x82, 0, expected=65536).data == DG2[:1000]


def test_a_chip_without_extended_lengths_refuses_them() -> None:
    terminal = Terminal(chip(limits=Limits(extended=False)))
    assert terminal.send(CommandApdu(0, 0xB0, 0, 0, expected=300)).status == 0x6700


def test_a_plain_command_ends_the_session() -> None:
    terminal = opened()
    session, terminal.session = terminal.session, None
    assert terminal.select(0x011E).status == 0x9000
    assert terminal.read(0, 4).status == 0x6982
    terminal.session = session
    assert terminal.read(0, 4).status == 0x6882


def test_a_changed_command_ends_the_session() -> None:
    simulated = chip()
    terminal = Terminal(simulated)
    terminal.select_application()
    terminal.open(KEY)
    assert terminal.session is not None
    sent = bytearray(terminal.session.protect_command(CommandApdu(0, 0xA4, 2, 0x0C, octets("011E"))).encode())
    sent[10] ^= 1
    assert simulated.transmit(bytes(sent)) == octets("6988")
    assert simulated.transmit(octets("0CB000000D9701048E08ED6705417E96BA5500")) == octets("6882")


@pytest.mark.parametrize(
    ("command", "status"),
    [
        ("00", "6700"),
        ("00A4040C07A00000", "6700"),
        ("00FF0000", "6D00"),
        ("00A4040C07A0000002471002", "6A82"),
        ("00A4020C02011E", "6A82"),
        ("00A4070C02011E", "6A86"),
        ("00B0000004", "6986"),
        ("0084000009", "6700"),
        ("0CB000000D9701048E08ED6705417E96BA5500", "6882"),
    ],
)
def test_what_does_not_fit_is_refused_with_its_status(command: str, status: str) -> None:
    assert chip().transmit(octets(command)) == octets(status)


def test_after_a_reset_nothing_is_remembered() -> None:
    simulated = chip()
    terminal = Terminal(simulated)
    terminal.select_application()
    terminal.open(KEY)
    simulated.reset()
    assert terminal.read(0, 4).status == 0x6882
    terminal.session = None
    assert terminal.select(0x0101).status == 0x6A82

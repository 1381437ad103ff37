"""PACE of the chip: appendices G and I of ICAO 9303-11 octet by octet, and every variant against the terminal."""

from __future__ import annotations

import pytest
from tests.documents.chip.cv_certificates.made import holder
from tests.documents.chip.icao_9303_11 import G1, G2, I1, I1_FACTOR, I1_STATIC_KEY, Example
from tests.documents.chip.simulator.prescribed import Prescribed

from gatehouse.documents.chip.access import AccessKey, CanKey, MrzKey
from gatehouse.documents.chip.apdu import CommandApdu
from gatehouse.documents.chip.channel import Channel
from gatehouse.documents.chip.cv_certificates import Role
from gatehouse.documents.chip.errors import AuthenticationError, StatusError
from gatehouse.documents.chip.groups import StaticKey, standardised_group
from gatehouse.documents.chip.pace import PaceParameters, open_with_pace, usable
from gatehouse.documents.chip.simulator import ChipImage, SimulatedChip
from gatehouse.documents.lds import card_access
from gatehouse.documents.tlv import compose

octets = bytes.fromhex

#: The chip's nonce, its private key of the mapping and that of the key agreement.
DRAWN = {
    G1: (
        "3F00C4D39D153F2B2A214A078D899B22",
        "498FF49756F2DC1587840041839A85982BE7761D14715FB091EFA7BCE9058560",
        "107CF58696EF6155053340FD633392BA81909DF7B9706F226F32086C7AFF974A",
    ),
    G2: (
        "FA5B7E3E49753A0DB9178B7B9BD898C8",
        "66DDAFEAC1609CB5B963BB0CB3FF8B3E047F336C",
        "A5B780126B7C980E9FCEA1D4539DA1D27C342DFA",
    ),
    I1: (
        "658B860BC94DF6F044FCE6D5C82CF8E5",
        "9E56A6B59C95D06ECE5CD10F983BB2F4F1943528E577F23881D89D8C3BBEE0AA",
        "CD626EF3C256E235FE8912CAC28279E626008EDA6B3A05C4CF862A3BDAB79E78",
    ),
}
MRZ, CAN = MrzKey("L898902C", "690806", "940623"), CanKey("123456")
COM = octets("60145F0104303130365F36063034303030305C026175")
GM, IM, CAM, DH_GM, DH_IM = 2, 4, 6, 1, 3


def static_key_of_i1() -> int:
    """The appendix gives the public key; the private one follows from the mapping key and the proof."""
    order = standardised_group(13).order
    return int(DRAWN[I1][1], 16) * pow(int(I1_FACTOR, 16), -1, order) % order


def test_the_static_key_of_appendix_i_is_the_one_it_publishes() -> None:
    assert standardised_group(13).public_key(static_key_of_i1()) == StaticKey.read(octets(I1_STATIC_KEY)).public


@pytest.mark.parametrize("example", [G1, G2, I1], ids=lambda each: each.name)
def test_the_worked_example(example: Example) -> None:
    drawn = DRAWN[example]
    chip = SimulatedChip(
        ChipImage(
            {"CardAccess": compose(0x31, octets(example.info))},
            mrz=example.key,
            mapping_key=static_key_of_i1(),
            trust_points=tuple(holder(name, Role.AUTHORITY).certificate for name in example.authorities),
        ),
        random=Prescribed(*map(octets, drawn)),
    )
    for command, response in example.exchanges:
        assert chip.transmit(octets(command)).hex().upper() == response


def info(family: int, cipher: int, parameters: int) -> bytes:
    oid = compose(0x06, octets("04007F0007020204") + bytes((family, cipher)))
    return compose(0x30, oid, octets("020102"), compose(0x02, bytes((parameters,))))


def made(*infos: bytes, mapping_key: int | None = None) -> tuple[SimulatedChip, tuple[PaceParameters, ...]]:
    access = compose(0x31, *infos)
    found, refused = usable(card_access.read(access))
    assert not refused
    image = ChipImage({"CardAccess": access, "COM": COM}, mrz=MRZ, can=CAN, mapping_key=mapping_key)
    return SimulatedChip(image), found


def com_under(channel: Channel) -> bytes:
    application = octets("A0000002471001")
    assert channel.send(CommandApdu(0, 0xA4, 4, 0x0C, application)).is_success
    return channel.send(CommandApdu(0, 0xB0, 0x9E, 0, expected=len(COM))).data


VARIANTS = [
    *((GM, cipher, 13) for cipher in (1, 2, 3, 4)),
    *((IM, cipher, 13) for cipher in (1, 2, 3, 4)),
    *((CAM, cipher, 13) for cipher in (2, 3, 4)),
    *((GM, 2, parameters) for parameters in (8, 9, 10, 11, 12, 14, 15, 16, 17, 18)),
    (IM, 4, 14),
    (DH_GM, 2, 0),
    (DH_GM, 4, 2),
    (DH_IM, 2, 1),
]


@pytest.mark.parametrize(("family", "cipher", "parameters"), VARIANTS)
def test_chip_and_terminal_agree(family: int, cipher: int, parameters: int) -> None:
    chip, (only,) = made(info(family, cipher, parameters), mapping_key=4711)
    channel = Channel(chip)
    session = open_with_pace(channel, MRZ, only)
    assert com_under(channel) == COM
    if family == CAM:
        group = standardised_group(parameters)
        assert session.mapping_proof is not None
        assert session.mapping_proof.is_made_with(StaticKey(group, group.public_key(4711)))
        assert not session.mapping_proof.is_made_with(StaticKey(group, group.public_key(4712)))


def test_a_card_access_number_opens_too() -> None:
    chip, (only,) = made(info(GM, 4, 13))
    channel = Channel(chip)
    open_with_pace(channel, CAN, only)
    assert com_under(channel) == COM


@pytest.mark.parametrize("key", [CanKey("123457"), MrzKey("L898902C", "690806", "940624")])
def test_a_wrong_key_opens_nothing(key: AccessKey) -> None:
    chip, (only,) = made(info(GM, 2, 13))
    channel = Channel(chip)
    with pytest.raises(AuthenticationError, match="the chip does not accept the key"):
        open_with_pace(channel, key, only)
    assert com_under(Channel(chip)) == b""


def test_ambiguous_parameters_have_to_be_named() -> None:
    chip, (first, second) = made(info(GM, 2, 12), info(GM, 2, 13))
    assert chip.transmit(octets("0022C1A40F800A04007F00070202040202830101")) == octets("6A88")
    assert chip.transmit(octets("0022C1A412800A04007F0007020204020283010184010E")) == octets("6A88")
    for each in (first, second):
        channel = Channel(chip)
        open_with_pace(channel, MRZ, each, ambiguous=True)
        assert com_under(channel) == COM


@pytest.mark.parametrize(
    ("command", "status"),
    [
        ("0022C1A40F800A04007F00070202040402830101", "6A80"),  # a protocol that the chip does not offer
        ("0022C1A40F800A04007F00070202040202830103", "6A88"),  # a password that it does not have
        ("0022C1A402800A", "6A80"),
        ("0022C1A50383010100", "6A86"),
        ("10860000027C0000", "6985"),
    ],
)
def test_what_cannot_be_chosen(command: str, status: str) -> None:
    chip, _ = made(info(GM, 2, 13))
    assert chip.transmit(octets(command)) == octets(status)


def test_a_refused_step_ends_the_protocol() -> None:
    chip, _ = made(info(GM, 2, 13))
    assert chip.transmit(octets("0022C1A40F800A04007F00070202040202830101")) == octets("9000")
    assert len(chip.transmit(octets("10860000027C0000"))) == 22
    assert chip.transmit(octets("10860000067C0481020400 00".replace(" ", ""))) == octets("6A80")
    assert chip.transmit(octets("10860000027C0000")) == octets("6985")


def test_a_mapping_without_its_key_is_refused() -> None:
    chip, (only,) = made(info(CAM, 2, 13))
    with pytest.raises(StatusError, match="6985"):
        open_with_pace(Channel(chip), MRZ, only)

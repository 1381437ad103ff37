"""Chip authentication of the terminal with the simulated chip: every cipher, both kinds of key, keys by number."""

from __future__ import annotations

import pytest
from asn1crypto import core
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from gatehouse.documents.chip.access import MrzKey
from gatehouse.documents.chip.apdu import CommandApdu, Instruction
from gatehouse.documents.chip.bac import open_with_bac
from gatehouse.documents.chip.channel import Channel
from gatehouse.documents.chip.chip_authentication import Offer, authenticate_chip, offers
from gatehouse.documents.chip.cipher import AES_256, SUITES, TRIPLE_DES, CipherSuite
from gatehouse.documents.chip.errors import SecureMessagingError, StatusError
from gatehouse.documents.chip.groups import standardised_group
from gatehouse.documents.chip.groups.modp import ModpGroup
from gatehouse.documents.chip.simulator import ChipImage, SimulatedChip
from gatehouse.documents.chip.simulator.image import AgreementKey
from gatehouse.documents.lds import dg14
from gatehouse.documents.tlv import compose

KEY = MrzKey("L898902C<", "690806", "940623")
COM = bytes.fromhex("60145F0104303130365F36063034303030305C026175")
BSI = "0.4.0.127.0.7.2.2"
PRIVATE = 4711


def oid(dotted: str) -> bytes:
    encoded: bytes = core.ObjectIdentifier(dotted).dump()
    return encoded


def number(value: int) -> bytes:
    encoded: bytes = core.Integer(value).dump()
    return encoded


def key_info(parameters: int, private: int = PRIVATE) -> bytes:
    """A SubjectPublicKeyInfo on standardised parameters (ICAO 9303-11 clause 9.5.1)."""
    group = standardised_group(parameters)
    public = group.public_key(private)
    if isinstance(group, ModpGroup):
        public = number(int.from_bytes(public, "big"))
    algorithm = compose(0x30, oid("0.4.0.127.0.7.1.2"), number(parameters))
    return compose(0x30, algorithm, compose(0x03, b"\0" + public))


def public_key(parameters: int, key_id: int | None = None, private: int = PRIVATE) -> bytes:
    arc = 1 if parameters < 8 else 2
    numbered = () if key_id is None else (number(key_id),)
    return compose(0x30, oid(f"{BSI}.1.{arc}"), key_info(parameters, private), *numbered)


def protocol(arc: int, suite: int, key_id: int | None = None, version: int = 1) -> bytes:
    numbered = () if key_id is None else (number(key_id),)
    return compose(0x30, oid(f"{BSI}.3.{arc}.{suite}"), number(version), *numbered)


def offered(*infos: bytes) -> tuple[Offer, ...]:
    return offers(dg14.read(compose(0x6E, compose(0x31, *infos))))


def opened(*keys: AgreementKey) -> Channel:
    channel = Channel(SimulatedChip(ChipImage({"COM": COM}, KEY, agreement_keys=keys)))
    channel.send(CommandApdu(0, Instruction.SELECT, 4, 0x0C, bytes.fromhex("A0000002471001")))
    open_with_bac(channel, KEY)
    return channel


def selects(channel: Channel) -> int:
    return channel.send(CommandApdu(0, Instruction.SELECT, 2, 0x0C, bytes.fromhex("011E"))).status


@pytest.mark.parametrize("parameters", [0, 2, 13, 14, 18], ids=lambda each: standardised_group(each).name)
@pytest.mark.parametrize("suite", SUITES, ids=lambda each: each.name)
def test_every_cipher_on_either_kind_of_key(suite: CipherSuite, parameters: int) -> None:
    arc = 1 if parameters < 8 else 2
    (offer,) = offered(public_key(parameters), protocol(arc, SUITES.index(suite) + 1))
    assert offer.suite is suite
    channel = opened(AgreementKey(standardised_group(parameters), PRIVATE))
    agreed = authenticate_chip(channel, offer)
    assert agreed.group.name == standardised_group(parameters).name
    assert selects(channel) == 0x9000


def test_a_key_is_named_by_its_number() -> None:
    group = standardised_group(13)
    found = offered(
        public_key(13, 1),
        public_key(13, 2, private=7),
        protocol(2, 2, 1),
        protocol(2, 4, 2),
        protocol(2, 4, 1, version=3),
    )
    assert [(offer.suite.key_size, offer.key_id) for offer in found] == [(32, 2), (16, 1)]
    channel = opened(AgreementKey(group, PRIVATE, key_id=1), AgreementKey(group, 7, key_id=2))
    authenticate_chip(channel, found[0])
    assert selects(channel) == 0x9000


def test_a_key_without_protocol_means_3des_but_not_beside_the_mapping_of_pace() -> None:
    (offer,) = offered(public_key(13))
    assert (offer.suite, offer.oid) == (TRIPLE_DES, f"{BSI}.3.2.1")
    mapping = compose(0x30, oid(f"{BSI}.4.6.4"), number(2), number(13))
    assert offered(public_key(13), mapping) == ()
    assert offered(protocol(2, 4)) == ()


def test_a_chip_without_the_key_cannot_go_on() -> None:
    (offer,) = offered(public_key(13), protocol(2, 4))
    channel = opened(AgreementKey(standardised_group(13), PRIVATE + 1))
    authenticate_chip(channel, offer)
    with pytest.raises(SecureMessagingError):
        selects(channel)


def test_a_chip_that_refuses_keeps_its_session() -> None:
    (offer,) = offered(public_key(13), protocol(2, 4))
    channel = opened()
    with pytest.raises(StatusError):
        authenticate_chip(channel, offer)
    assert selects(channel) == 0x9000


def test_a_key_by_name_of_its_curve() -> None:
    private = ec.generate_private_key(ec.BrainpoolP384R1())
    der = private.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    (offer,) = offered(compose(0x30, oid(f"{BSI}.1.2"), der), protocol(2, 4))
    channel = opened(AgreementKey(offer.static_key.group, private.private_numbers().private_value))
    authenticate_chip(channel, offer)
    assert (selects(channel), offer.suite) == (0x9000, AES_256)

"""Chip authentication version 1: key agreement with the chip's static key (ICAO 9303-11 clause 6.2, BSI TR-03110-1)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from asn1crypto import core

from gatehouse.documents.chip.apdu import CommandApdu, Instruction
from gatehouse.documents.chip.channel import Channel, general_authenticate
from gatehouse.documents.chip.cipher import SUITES, TRIPLE_DES, CipherSuite, SessionKeys
from gatehouse.documents.chip.errors import StatusError
from gatehouse.documents.chip.groups import Group, StaticKey
from gatehouse.documents.chip.groups.base import new_private_key
from gatehouse.documents.lds.security_infos import SecurityInfo, SecurityInfos
from gatehouse.documents.tlv import compose

_VERSION = 1
_KEY_AGREEMENT, _INTERNAL_AUTHENTICATION = (0x41, 0xA6), (0x41, 0xA4)
_MECHANISM, _KEY_REFERENCE, _PUBLIC_KEY = 0x80, 0x84, 0x91
#: Chips of the first generation give a key and no protocol: 3DES is meant. One for the mapping of PACE has none either.
_IMPLIED = {"id-PK-DH": "0.4.0.127.0.7.2.2.3.1.1", "id-PK-ECDH": "0.4.0.127.0.7.2.2.3.2.1"}


@dataclass(frozen=True, slots=True)
class Offer:
    """One way that EF.DG14 offers: the protocol, the cipher, and the SubjectPublicKeyInfo of the key."""

    oid: str
    suite: CipherSuite
    key_info: bytes
    key_id: int | None

    @property
    def static_key(self) -> StaticKey:
        """Raises `UnreadableError` or `UnsupportedProtocolError`."""
        return StaticKey.read(self.key_info)


@dataclass(frozen=True, slots=True)
class Agreed:
    """The terminal's ephemeral key, by which terminal authentication is bound to the session."""

    group: Group
    terminal_key: bytes


def offers(infos: SecurityInfos) -> tuple[Offer, ...]:
    """What EF.DG14 offers, the longest key of a cipher first."""
    found = [offer for info in infos.named("id-PK-") for offer in _with_key(info, infos)]
    return tuple(sorted(found, key=lambda offer: -SUITES.index(offer.suite)))


def _with_key(key: SecurityInfo, infos: SecurityInfos) -> Iterator[Offer]:
    if key.key is None:
        return
    family = (key.name or "").replace("id-PK-", "id-CA-")
    protocols = [
        info
        for info in infos.named(f"{family}-")
        if info.key_id in (None, key.key_id) and info.version in (None, _VERSION)
    ]
    for info in protocols:
        suite = next((each for each in SUITES if (info.name or "") == f"{family}-{each.name}"), None)
        if suite is not None:
            yield Offer(info.oid, suite, key.key.der, key.key_id)
    if not infos.named("id-CA-") and not infos.named("id-PACE-ECDH-CAM") and key.name in _IMPLIED:
        yield Offer(_IMPLIED[key.name], TRIPLE_DES, key.key.der, key.key_id)


def authenticate_chip(channel: Channel, offer: Offer, *, new_key: Callable[[Group], int] = new_private_key) -> Agreed:
    """Agree on new keys and protect with them what follows.

    The chip is genuine once it has answered with them: only the holder of the static key can. Raises `StatusError`
    where the chip refuses, `UnreadableError` and `ProtocolError` for a static key that is none.
    """
    static = offer.static_key
    private = new_key(static.group)
    public = static.group.public_key(private)
    reference = b"" if offer.key_id is None else compose(_KEY_REFERENCE, _unsigned(offer.key_id))
    _agree(channel, offer, public, reference)
    channel.start(SessionKeys.derive(offer.suite, static.group.agree(private, static.public)))
    return Agreed(static.group, public)


def _agree(channel: Channel, offer: Offer, public: bytes, reference: bytes) -> None:
    """3DES by MSE:Set KAT, and where a chip lacks that, like AES by MSE:Set AT (clause 6.2.4)."""
    if offer.suite is TRIPLE_DES:
        try:
            _manage(channel, _KEY_AGREEMENT, compose(_PUBLIC_KEY, public) + reference)
        except StatusError:
            pass
        else:
            return
    identifier = core.ObjectIdentifier(offer.oid).contents
    _manage(channel, _INTERNAL_AUTHENTICATION, compose(_MECHANISM, identifier) + reference)
    general_authenticate(channel, compose(0x80, public))


def _manage(channel: Channel, parameters: tuple[int, int], data: bytes) -> None:
    instruction = Instruction.MANAGE_SECURITY_ENVIRONMENT
    channel.send(CommandApdu(0, instruction, *parameters, data)).need(instruction)


def _unsigned(number: int) -> bytes:
    return number.to_bytes(max(1, (number.bit_length() + 7) // 8), "big")

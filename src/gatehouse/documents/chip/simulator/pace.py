"""PACE, the chip's side (ICAO 9303-11 clause 4.4)."""

from __future__ import annotations

import hmac
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from gatehouse.documents.chip.cipher import Purpose, SessionKeys, pad
from gatehouse.documents.chip.errors import ProtocolError
from gatehouse.documents.chip.groups import Group
from gatehouse.documents.chip.integrated_mapping import nonce_size, pseudo_random
from gatehouse.documents.chip.pace import Mapping, PaceParameters, token
from gatehouse.documents.chip.simulator.randomness import Randomness
from gatehouse.documents.chip.simulator.refusal import Refusal
from gatehouse.documents.chip.status import Status
from gatehouse.documents.tlv import Tlv, compose
from gatehouse.kernel.errors import UnreadableError

_NONCE, _TO_MAP, _MAPPED, _THEIR_KEY, _OUR_KEY, _THEIR_TOKEN, _OUR_TOKEN = range(0x80, 0x87)
_AUTHORITIES, _CHIP_DATA = (0x87, 0x88), 0x8A


@dataclass(frozen=True, slots=True)
class Agreed:
    """The session, and the ephemeral keys of both sides."""

    parameters: PaceParameters
    keys: SessionKeys
    terminal_key: bytes
    chip_key: bytes


#: Takes the terminal's data objects step by step and gives the chip's; at the end also what was agreed.
Conversation: TypeAlias = Generator[bytes, Tlv, tuple[bytes, Agreed]]


def conversation(
    parameters: PaceParameters,
    password: bytes,
    random: Randomness,
    *,
    mapping_key: int | None,
    authorities: Sequence[str],
) -> Conversation:
    """The four steps of GENERAL AUTHENTICATE (clause 4.4.4.2), after a first `next`. Raises `Refusal`."""
    suite = parameters.suite
    nonce = random.octets(nonce_size(suite))
    yield b""
    encrypted = suite.encrypt(suite.derive(password, Purpose.PASSWORD), nonce)
    given = yield compose(_NONCE, encrypted)
    secret, answer, group = _mapped(parameters, nonce, _need(given, _TO_MAP), random)
    given = yield compose(_MAPPED, answer)
    theirs = _need(given, _THEIR_KEY)
    private = random.private_key(group)
    ours = group.public_key(private)
    keys = _agreed(parameters, group, private, theirs)
    given = yield compose(_OUR_KEY, ours)
    if not hmac.compare_digest(token(parameters, keys, ours), _need(given, _THEIR_TOKEN)):
        raise Refusal(Status.AUTHENTICATION_FAILED)
    last = compose(_OUR_TOKEN, token(parameters, keys, theirs))
    named = zip(_AUTHORITIES, authorities, strict=False)
    last += b"".join(compose(tag, name.encode("ascii")) for tag, name in named)
    if parameters.mapping is Mapping.CHIP_AUTHENTICATION:
        last += compose(_CHIP_DATA, _chip_data(parameters, keys, secret, mapping_key))
    return last, Agreed(parameters, keys, theirs, ours)


def _mapped(parameters: PaceParameters, nonce: bytes, given: bytes, random: Randomness) -> tuple[int, bytes, Group]:
    """The chip's private key of the mapping (0 for none), its mapping data, and the mapped group."""
    group, suite = parameters.group, parameters.suite
    if parameters.mapping is Mapping.INTEGRATED:
        if len(given) != suite.key_size:
            raise Refusal(Status.WRONG_DATA)
        return 0, b"", group.map_integrated(pseudo_random(suite, nonce, given, group.field))
    private = random.private_key(group)
    try:
        return private, group.public_key(private), group.map_generic(nonce, private, given)
    except ProtocolError as error:
        raise Refusal(Status.WRONG_DATA) from error


def _agreed(parameters: PaceParameters, group: Group, private: int, theirs: bytes) -> SessionKeys:
    try:
        return SessionKeys.derive(parameters.suite, group.agree(private, theirs))
    except ProtocolError as error:
        raise Refusal(Status.WRONG_DATA) from error


def _chip_data(parameters: PaceParameters, keys: SessionKeys, secret: int, mapping_key: int | None) -> bytes:
    """Clause 4.4.3.5: the quotient of the mapping's private key and the static one, encrypted."""
    if mapping_key is None:
        raise Refusal(Status.CONDITIONS_NOT_SATISFIED)
    order, suite = parameters.group.order, keys.suite
    quotient = secret * pow(mapping_key, -1, order) % order
    plain = quotient.to_bytes((order.bit_length() + 7) // 8, "big")
    vector = suite.encrypt(keys.encryption, b"\xff" * suite.block_size)
    return suite.encrypt(keys.encryption, pad(plain, suite.block_size), vector)


def _need(given: Tlv, tag: int) -> bytes:
    try:
        return bytes(given.need(tag).value)
    except UnreadableError as error:
        raise Refusal(Status.WRONG_DATA) from error

"""PACE, the terminal's side: MSE:Set AT and four steps of GENERAL AUTHENTICATE (ICAO 9303-11 clause 4.4.4)."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass

from gatehouse.documents.chip.access import AccessKey, MrzKey
from gatehouse.documents.chip.apdu import CommandApdu, Instruction, ResponseApdu
from gatehouse.documents.chip.channel import Channel, answering, general_authenticate
from gatehouse.documents.chip.cipher import Purpose, SessionKeys
from gatehouse.documents.chip.errors import AuthenticationError, ProtocolError, StatusError
from gatehouse.documents.chip.groups import Group
from gatehouse.documents.chip.groups.base import new_private_key
from gatehouse.documents.chip.integrated_mapping import nonce_size, pseudo_random
from gatehouse.documents.chip.pace.mapping_proof import MappingProof
from gatehouse.documents.chip.pace.parameters import Mapping, PaceParameters
from gatehouse.documents.chip.pace.tokens import token
from gatehouse.documents.chip.status import Status
from gatehouse.documents.tlv import Tlv, compose
from gatehouse.kernel.errors import UnreadableError
from gatehouse.kernel.results import Reason

_MUTUAL_AUTHENTICATION = (0xC1, 0xA4)
_MECHANISM, _PASSWORD, _PARAMETERS = 0x80, 0x83, 0x84
_MRZ, _CAN = b"\x01", b"\x02"
_AUTHORITIES, _CHIP_DATA = (0x87, 0x88), 0x8A
#: What chips answer that miss the number of the domain parameters, though it is not ambiguous.
_WANT_PARAMETERS = {Status.LENGTH_INCONSISTENT_WITH_PARAMETERS, Status.WRONG_DATA, Status.REFERENCE_NOT_FOUND}


@dataclass(frozen=True, slots=True)
class PaceSession:
    """What later protocols need of it. Public keys are the ephemeral ones of the key agreement.

    `authorities` names the certification authorities that the chip trusts, most recent first, where it said so.
    """

    parameters: PaceParameters
    keys: SessionKeys
    terminal_key: bytes
    chip_key: bytes
    authorities: tuple[str, ...] = ()
    mapping_proof: MappingProof | None = None


def open_with_pace(
    channel: Channel,
    key: AccessKey,
    parameters: PaceParameters,
    *,
    ambiguous: bool = False,
    new_key: Callable[[Group], int] = new_private_key,
    random: Callable[[int], bytes] = secrets.token_bytes,
) -> PaceSession:
    """Open the chip; from here on the channel is protected.

    `ambiguous` says that the chip offers this protocol with several domain parameters. `new_key` draws a private key,
    `random(n)` n octets. Raises `AuthenticationError` for a wrong key or a chip that does not know it, `StatusError`
    and `ProtocolError` for a chip that breaks off.
    """
    _select(channel, key, parameters, ambiguous=ambiguous)
    nonce = _nonce(channel, key, parameters)
    group, mapping_key = _mapped(channel, parameters, nonce, new_key, random)
    private = new_key(group)
    own = group.public_key(private)
    chip_key = _value(general_authenticate(channel, compose(0x83, own), chained=True), 0x84)
    if hmac.compare_digest(own, chip_key):
        raise ProtocolError("the chip gave the terminal's own key back")
    keys = SessionKeys.derive(parameters.suite, group.agree(private, chip_key))
    answer = _authenticated(channel, token(parameters, keys, chip_key))
    if not hmac.compare_digest(_value(answer, 0x86), token(parameters, keys, own)):
        raise AuthenticationError("the chip's token of PACE is wrong: it does not know the key")
    authorities = _named_authorities(answer)
    channel.start(keys)
    proof = _mapping_proof(answer, parameters, mapping_key, keys)
    return PaceSession(parameters, keys, own, chip_key, authorities, proof)


def _select(channel: Channel, key: AccessKey, parameters: PaceParameters, *, ambiguous: bool) -> None:
    """MSE:Set AT. The domain parameters are named where they must be, and where a chip asks for it all the same."""
    data = compose(_MECHANISM, parameters.identifier)
    data += compose(_PASSWORD, _MRZ if isinstance(key, MrzKey) else _CAN)
    named = data + compose(_PARAMETERS, bytes((parameters.parameter_id,)))
    response = _set_template(channel, named if ambiguous else data)
    if not ambiguous and response.status in _WANT_PARAMETERS:
        response = _set_template(channel, named)
    if response.status & 0xFFF0 != 0x63C0:  # a warning that tries are limited
        response.need(Instruction.MANAGE_SECURITY_ENVIRONMENT)


def _set_template(channel: Channel, data: bytes) -> ResponseApdu:
    return channel.send(CommandApdu(0, Instruction.MANAGE_SECURITY_ENVIRONMENT, *_MUTUAL_AUTHENTICATION, data))


def _nonce(channel: Channel, key: AccessKey, parameters: PaceParameters) -> bytes:
    encrypted = _value(general_authenticate(channel, chained=True), 0x80)
    suite = parameters.suite
    if len(encrypted) != nonce_size(suite):
        raise ProtocolError("the chip's nonce of PACE has %(size)d bytes", size=len(encrypted))
    return suite.decrypt(suite.derive(key.secret, Purpose.PASSWORD), encrypted)


def _mapped(
    channel: Channel,
    parameters: PaceParameters,
    nonce: bytes,
    new_key: Callable[[Group], int],
    random: Callable[[int], bytes],
) -> tuple[Group, bytes]:
    """The group of this session, and the chip's key of the mapping where it has one."""
    group, suite = parameters.group, parameters.suite
    if parameters.mapping is Mapping.INTEGRATED:
        own = random(suite.key_size)
        general_authenticate(channel, compose(0x81, own), chained=True)
        return group.map_integrated(pseudo_random(suite, nonce, own, group.field)), b""
    private = new_key(group)
    public = group.public_key(private)
    chip_key = _value(general_authenticate(channel, compose(0x81, public), chained=True), 0x82)
    if hmac.compare_digest(public, chip_key):
        raise ProtocolError("the chip gave the terminal's own key back")
    return group.map_generic(nonce, private, chip_key), chip_key


def _authenticated(channel: Channel, own_token: bytes) -> Tlv:
    try:
        return general_authenticate(channel, compose(0x85, own_token))
    except StatusError as error:
        if error.status == Status.AUTHENTICATION_FAILED or error.status & 0xFFF0 == 0x63C0:
            raise AuthenticationError("the chip does not accept the key that PACE was tried with") from error
        raise


def _mapping_proof(answer: Tlv, parameters: PaceParameters, key: bytes, keys: SessionKeys) -> MappingProof | None:
    """None where the chip sent none that can be read: the session stands, its authenticity is not proved."""
    if parameters.mapping is not Mapping.CHIP_AUTHENTICATION:
        return None
    try:
        return MappingProof.decrypt(parameters.group, key, keys, bytes(answer.need(_CHIP_DATA).value))
    except UnreadableError:
        return None


def _named_authorities(answer: Tlv) -> tuple[str, ...]:
    with answering(Reason("PACE")):
        found = {each.tag: bytes(each.value) for each in answer.children()}
    return tuple(found[tag].decode("latin-1") for tag in _AUTHORITIES if tag in found)


def _value(data: Tlv, tag: int) -> bytes:
    with answering(Reason("PACE")):
        return bytes(data.need(tag).value)

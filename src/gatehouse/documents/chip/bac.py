"""Basic access control, the terminal's side (ICAO 9303-11 clause 4.3)."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Callable

from gatehouse.documents.chip.access import MrzKey
from gatehouse.documents.chip.apdu import SHORT_EXPECTED, CommandApdu, Instruction, ResponseApdu
from gatehouse.documents.chip.channel import CHALLENGE, Channel, get_challenge
from gatehouse.documents.chip.cipher import CHECKSUM, TRIPLE_DES, SessionKeys
from gatehouse.documents.chip.errors import AuthenticationError, ProtocolError
from gatehouse.documents.chip.status import Status

_KEY = 16
_ANSWER = 2 * CHALLENGE + _KEY + CHECKSUM
_SEED = 16
#: What chips answer to a proof by the wrong key: 9303-11 has no word for it, and each operating system its own.
_REFUSALS = {
    Status.AUTHENTICATION_FAILED,
    Status.SECURITY_NOT_SATISFIED,
    Status.CONDITIONS_NOT_SATISFIED,
    Status.SECURE_MESSAGING_INCORRECT,
    Status.WRONG_DATA,
}
_OTHER_LENGTHS = {Status.WRONG_LENGTH, *range(Status.WRONG_EXPECTED_LENGTH, Status.WRONG_EXPECTED_LENGTH + 0x100)}


def open_with_bac(
    channel: Channel, key: MrzKey, *, random: Callable[[int], bytes] = secrets.token_bytes
) -> SessionKeys:
    """Open the selected application; from here on the channel is protected. `random(n)` gives n octets.

    Raises `StatusError` where the chip knows no BAC, `AuthenticationError` where it does not accept the key or does
    not hold it itself.
    """
    document_keys = SessionKeys.derive(TRIPLE_DES, key.secret[:_SEED])
    own, own_key = random(CHALLENGE), random(_KEY)
    from_chip, response = _proved(channel, document_keys, own, own_key)
    plain = _opened(document_keys, response)
    if not hmac.compare_digest(plain[: 2 * CHALLENGE], from_chip + own):
        raise AuthenticationError("the chip answered basic access control with another challenge")
    seed = bytes(one ^ other for one, other in zip(own_key, plain[2 * CHALLENGE :], strict=True))
    session = SessionKeys.derive(TRIPLE_DES, seed)
    channel.start(session, int.from_bytes(from_chip[4:] + own[4:], "big"))
    return session


def _proved(channel: Channel, keys: SessionKeys, own: bytes, own_key: bytes) -> tuple[bytes, bytes]:
    """The chip's challenge, and its answer to the proof. Some chips want the longest Le instead of the right one."""
    for expected in (_ANSWER, SHORT_EXPECTED):
        from_chip = get_challenge(channel)
        encrypted = TRIPLE_DES.encrypt(keys.encryption, own + from_chip + own_key)
        response = _authenticate(channel, encrypted + TRIPLE_DES.mac(keys.authentication, encrypted), expected)
        if response.status not in _OTHER_LENGTHS:
            break
    if response.status in _REFUSALS or response.status & 0xFFF0 == 0x63C0:
        raise AuthenticationError("the chip does not accept the key of the machine readable zone")
    return from_chip, response.need(Instruction.EXTERNAL_AUTHENTICATE)


def _authenticate(channel: Channel, data: bytes, expected: int) -> ResponseApdu:
    return channel.send(CommandApdu(0, Instruction.EXTERNAL_AUTHENTICATE, 0, 0, data, expected))


def _opened(keys: SessionKeys, response: bytes) -> bytes:
    encrypted, checksum = response[:-CHECKSUM], response[-CHECKSUM:]
    if len(response) != _ANSWER:
        raise ProtocolError(
            "the chip's answer to basic access control has %(size)d bytes instead of %(right)d",
            size=len(response),
            right=_ANSWER,
        )
    if not hmac.compare_digest(TRIPLE_DES.mac(keys.authentication, encrypted), checksum):
        raise AuthenticationError("the chip's answer to basic access control is not made with the document's key")
    return TRIPLE_DES.decrypt(keys.encryption, encrypted)

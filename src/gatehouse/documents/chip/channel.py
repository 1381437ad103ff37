"""The terminal's way to one chip: commands in plain, or protected once keys were agreed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from gatehouse.documents.chip.apdu import SHORT_EXPECTED, CommandApdu, Instruction, ResponseApdu, Transport
from gatehouse.documents.chip.cipher import SessionKeys
from gatehouse.documents.chip.errors import ProtocolError
from gatehouse.documents.chip.secure_messaging import SecureMessaging
from gatehouse.documents.tlv import Tlv, compose, outermost
from gatehouse.kernel.errors import UnreadableError
from gatehouse.kernel.results import Reason

#: Octets of a challenge, the chip's or the terminal's.
CHALLENGE = 8

_GET_RESPONSE = 0xC0
_MORE = 0x6100
#: Of 256 octets each they are more than any response has.
_MOST_PARTS = 260
_DYNAMIC_DATA = 0x7C
_CHAINED_CLASS = 0x10


class Channel:
    """Sends commands one at a time. `session` is None as long as nothing is protected."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport
        self.session: SecureMessaging | None = None

    def start(self, keys: SessionKeys, counter: int = 0) -> None:
        """Protect everything that follows with these keys, in the place of earlier ones."""
        self.session = SecureMessaging(keys, counter)

    def send(self, command: CommandApdu) -> ResponseApdu:
        """The chip's plain response, whatever its status word.

        Raises `TransportError` where the way to the chip broke, `SecureMessagingError` where the session did, and
        `ProtocolError` for an answer that is no response.
        """
        sent = self.session.protect_command(command) if self.session else command
        response = self._exchange(sent)
        return self.session.unprotect_response(response) if self.session else response

    def _exchange(self, command: CommandApdu) -> ResponseApdu:
        """One response, in as many parts as the chip gives it (ISO/IEC 7816-4 clause 5.3.4)."""
        response = self._transmit(command)
        parts = [response.data]
        while response.status & 0xFF00 == _MORE:
            if len(parts) > _MOST_PARTS or not (response.data or len(parts) == 1):
                raise ProtocolError("the chip gives a response in parts without end")
            left = response.status & 0xFF or SHORT_EXPECTED
            response = self._transmit(CommandApdu(command.cla & ~_CHAINED_CLASS, _GET_RESPONSE, 0, 0, expected=left))
            parts.append(response.data)
        return ResponseApdu(b"".join(parts), response.status)

    def _transmit(self, command: CommandApdu) -> ResponseApdu:
        with answering(Reason("a command")):
            return ResponseApdu.read(self._transport.transmit(command.encode()))


@contextmanager
def answering(step: Reason) -> Iterator[None]:
    """Turns an answer of the chip that cannot be read into a `ProtocolError` that names the step."""
    try:
        yield
    except UnreadableError as error:
        parts = {"step": step, "cause": error.reason}
        raise ProtocolError("the chip's answer to %(step)s cannot be read: %(cause)s", **parts) from error


def get_challenge(channel: Channel) -> bytes:
    """Eight octets that the chip draws. Raises `StatusError`, or `ProtocolError` for another length."""
    command = CommandApdu(0, Instruction.GET_CHALLENGE, 0, 0, expected=CHALLENGE)
    challenge = channel.send(command).need(Instruction.GET_CHALLENGE)
    if len(challenge) != CHALLENGE:
        size = len(challenge)
        raise ProtocolError("the chip's challenge has %(size)d bytes instead of %(right)d", size=size, right=CHALLENGE)
    return challenge


def general_authenticate(channel: Channel, *data: bytes, chained: bool = False) -> Tlv:
    """GENERAL AUTHENTICATE with dynamic authentication data (ICAO 9303-11 clause 4.4.4.2), and those of the answer.

    `chained` says that further steps of the protocol follow. Raises `StatusError` where the chip refused the step.
    """
    body = compose(_DYNAMIC_DATA, *data)
    longest = SHORT_EXPECTED if len(body) < SHORT_EXPECTED else 65_536
    cla = _CHAINED_CLASS if chained else 0
    instruction = Instruction.GENERAL_AUTHENTICATE
    answer = channel.send(CommandApdu(cla, instruction, 0, 0, body, longest)).need(instruction)
    with answering(Reason("GENERAL AUTHENTICATE")):
        return outermost(answer, _DYNAMIC_DATA)

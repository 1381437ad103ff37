"""Commands and responses of a chip (ISO/IEC 7816-4 clause 5): their encoding with short and extended lengths.

Both sides stand here: a terminal encodes commands and reads responses, a simulated chip the other way round.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Protocol

from gatehouse.documents.chip.errors import StatusError
from gatehouse.documents.chip.status import Status, meaning
from gatehouse.kernel.errors import UnreadableError

SHORT_DATA, SHORT_EXPECTED = 255, 256
EXTENDED_DATA, EXTENDED_EXPECTED = 65535, 65536
CHAINED = 0x10


class Instruction(IntEnum):
    MANAGE_SECURITY_ENVIRONMENT = 0x22
    PERFORM_SECURITY_OPERATION = 0x2A
    EXTERNAL_AUTHENTICATE = 0x82
    GET_CHALLENGE = 0x84
    GENERAL_AUTHENTICATE = 0x86
    INTERNAL_AUTHENTICATE = 0x88
    SELECT = 0xA4
    READ_BINARY = 0xB0
    READ_BINARY_ODD = 0xB1

    @property
    def title(self) -> str:
        """As the standards write it: READ BINARY."""
        return self.name.removesuffix("_ODD").replace("_", " ")


class Transport(Protocol):
    """The way to one chip, as a reader or a simulator offers it."""

    def transmit(self, command: bytes) -> bytes:
        """The response to one command, data and status word. Raises `CardRemovedError` or `CardTimeoutError`."""


@dataclass(frozen=True, slots=True)
class CommandApdu:
    """A command. `expected` is the most bytes of response data (Ne): None for none, 256 or 65536 for any number."""

    cla: int
    ins: int
    p1: int
    p2: int
    data: bytes = b""
    expected: int | None = None
    extended: bool = False

    @property
    def header(self) -> bytes:
        return bytes((self.cla, self.ins, self.p1, self.p2))

    @property
    def is_extended(self) -> bool:
        """Whether its lengths are extended: asked for, or needed."""
        return self.extended or len(self.data) > SHORT_DATA or (self.expected or 0) > SHORT_EXPECTED

    def encode(self) -> bytes:
        """The command in case 1, 2, 3 or 4, short or extended."""
        if self.is_extended:
            return self.header + self._extended_lengths()
        size = bytes((len(self.data),)) if self.data else b""
        expected = b"" if self.expected is None else bytes((self.expected & 0xFF,))
        return self.header + size + self.data + expected

    def _extended_lengths(self) -> bytes:
        size = b"\0" + len(self.data).to_bytes(2, "big") if self.data else b""
        if self.expected is None:
            return size + self.data
        expected = (self.expected & 0xFFFF).to_bytes(2, "big")
        return size + self.data + (expected if self.data else b"\0" + expected)

    @classmethod
    def read(cls, command: bytes) -> CommandApdu:
        """A command as a chip receives it. Raises `UnreadableError` for lengths that do not fit."""
        if len(command) < 4:
            raise UnreadableError("a command of %(size)d bytes has no header", size=len(command))
        cla, ins, p1, p2, *_ = command
        return cls(cla, ins, p1, p2, *_body(command[4:]))


def _body(body: bytes) -> tuple[bytes, int | None, bool]:
    """Data, Ne and whether lengths are extended: the seven cases of ISO/IEC 7816-3 clause 12.1.3."""
    if not body:
        return b"", None, False
    if len(body) == 1:
        return b"", body[0] or SHORT_EXPECTED, False
    if body[0]:
        data, rest = body[1 : 1 + body[0]], body[1 + body[0] :]
        if len(data) == body[0] and len(rest) <= 1:
            return data, (rest[0] or SHORT_EXPECTED) if rest else None, False
    elif len(body) == 3:
        return b"", int.from_bytes(body[1:], "big") or EXTENDED_EXPECTED, True
    elif len(body) > 3:
        size = int.from_bytes(body[1:3], "big")
        data, rest = body[3 : 3 + size], body[3 + size :]
        if size and len(data) == size and len(rest) in (0, 2):
            return data, (int.from_bytes(rest, "big") or EXTENDED_EXPECTED) if rest else None, True
    raise UnreadableError("the lengths of a command do not fit its %(size)d bytes", size=len(body) + 4)


@dataclass(frozen=True, slots=True)
class ResponseApdu:
    """A response: its data and its status word."""

    data: bytes
    status: int

    @property
    def is_success(self) -> bool:
        return self.status == Status.SUCCESS

    def encode(self) -> bytes:
        return self.data + self.status.to_bytes(2, "big")

    @classmethod
    def read(cls, response: bytes) -> ResponseApdu:
        """A response as a terminal receives it. Raises `UnreadableError` where it has no status word."""
        if len(response) < 2:
            raise UnreadableError("a response of %(size)d bytes has no status word", size=len(response))
        return cls(response[:-2], int.from_bytes(response[-2:], "big"))

    def need(self, instruction: Instruction) -> bytes:
        """The data of a successful response. Raises `StatusError` for any other."""
        if not self.is_success:
            raise StatusError(
                "the chip answered %(command)s with %(status)s: %(meaning)s",
                self.status,
                command=instruction.title,
                status=f"{self.status:04X}",
                meaning=meaning(self.status),
            )
        return self.data

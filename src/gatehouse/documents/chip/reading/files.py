"""Selecting and reading files (ICAO 9303-10 clause 3.6, ISO/IEC 7816-4 clauses 11.1 and 11.2)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from gatehouse.documents import lds
from gatehouse.documents.chip.apdu import SHORT_EXPECTED, CommandApdu, Instruction, ResponseApdu
from gatehouse.documents.chip.channel import Channel
from gatehouse.documents.chip.errors import StatusError
from gatehouse.documents.chip.reading.extent import announced, odd_data, odd_request
from gatehouse.documents.chip.reading.log import Log
from gatehouse.documents.chip.reading.model import ReadingPolicy
from gatehouse.documents.chip.status import Status
from gatehouse.kernel.errors import UnreadableError
from gatehouse.kernel.results import Reason

APPLICATION = bytes.fromhex("A0000002471001")
MASTER_FILE = bytes.fromhex("3F00")
_BY_NAME, _CHILD, _UNDER_CURRENT, _NO_RESPONSE = 0x04, 0x00, 0x02, 0x0C
_SHORT_IDENTIFIER = 0x80
#: Beyond it the offset no longer fits into P1 and P2.
_LAST_PLAIN_OFFSET = 0x7FFF
_HEAD = 4
#: Octets that secure messaging, and the data object of an odd instruction, add to a response at most.
_PROTECTION, _ODD_HEADER = 64, 4
#: What a chip that gives less than it is asked for must give on the average, or its file is left.
_FEWEST_AT_A_TIME = 32
_PROTECTED = {Status.SECURITY_NOT_SATISFIED, Status.CONDITIONS_NOT_SATISFIED}
_TOO_LONG = {Status.WRONG_LENGTH, Status.WRONG_PARAMETERS, Status.LENGTH_INCONSISTENT_WITH_PARAMETERS}


@dataclass(frozen=True, slots=True)
class FileName:
    """A file by its name, its identifier and its short identifier."""

    name: str
    identifier: int

    @classmethod
    def of(cls, name: str) -> FileName:
        """A file of the LDS1 application."""
        return cls(name, lds.file_of(name).identifier)


CARD_ACCESS = FileName("CardAccess", 0x011C)
CARD_SECURITY = FileName("CardSecurity", 0x011D)
ATR_INFO = FileName("ATR/INFO", 0x2F01)
CVCA = FileName("CVCA", 0x011C)


class FileReader:
    """Reads one file after another. `largest_response` is what the chip gives with extended lengths, 0 for never."""

    def __init__(
        self,
        channel: Channel,
        policy: ReadingPolicy,
        log: Log,
        progress: Callable[[str, int, int], None] = lambda file, octets, size: None,
    ) -> None:
        """`progress` is told the file, its octets so far, and its size where that is known already."""
        self._channel, self._policy, self._log, self._note = channel, policy, log, log.note
        self._progress = progress
        self._usual: int | None = None
        self.largest_response = 0

    def select_master_file(self) -> bool:
        return self._select(_CHILD, MASTER_FILE).is_success

    def select_application(self) -> None:
        """The LDS1 application. Raises `StatusError` where the chip has none."""
        self._select(_BY_NAME, APPLICATION).need(Instruction.SELECT)

    def can_read(self, file: FileName) -> bool:
        """Whether the file gives its first octet now."""
        chosen = self._select(_UNDER_CURRENT, file.identifier.to_bytes(2, "big"))
        return chosen.is_success and self._binary(0, 1).is_success

    def read(self, file: FileName, *, optional: bool = False) -> bytes | None:
        """The file as far as its own length says. None, and an event, where it is absent, closed, empty or too large.

        An `optional` file may be absent without an event.
        """
        try:
            head = self._first(file)
            if head:
                return self._rest(file, head)
            self._note("file_empty", Reason("%(file)s is empty", file=file.name))
        except StatusError as error:
            if not optional or error.status != Status.FILE_NOT_FOUND:
                self._refused(file, error)
        except UnreadableError as error:
            self._note("file_unreadable", Reason("%(file)s: %(cause)s", file=file.name, cause=error.reason))
        return None

    def read_start(self, file: FileName, size: int) -> bytes:
        """At most `size` octets of a file that does not tell its length, b"" where it cannot be read."""
        try:
            return self._first(file, size)
        except (StatusError, UnreadableError):
            return b""

    def _first(self, file: FileName, size: int = _HEAD) -> bytes:
        """The first octets. By the short identifier where the policy says so and the chip knows it."""
        if self._policy.short_identifiers:
            response = self._binary(0, size, (_SHORT_IDENTIFIER | file.identifier & 0x1F) << 8)
            if response.status in (Status.SUCCESS, Status.END_OF_FILE):
                return response.data
        self._select(_UNDER_CURRENT, file.identifier.to_bytes(2, "big")).need(Instruction.SELECT)
        return self._part(0, size)

    def _rest(self, file: FileName, head: bytes) -> bytes | None:
        data, size, commands, told = bytearray(head), announced(head), 0, 0
        while size is None or len(data) < size:
            part = self._part(len(data), 1 if size is None else size - len(data))
            data += part
            size = announced(bytes(data)) if size is None else size
            self._progress(file.name, len(data), size or 0)
            if not part:
                break
            if size is not None and size > self._policy.largest_file:
                break
            if size is not None and 10 * len(data) // max(size, 1) > told:
                told = 10 * len(data) // max(size, 1)
                self._log.progress(file.name, min(len(data), size), size)
            commands += 1
            if commands > 16 + len(data) // _FEWEST_AT_A_TIME:
                raise UnreadableError("the chip gives next to nothing at a time")
        if size is not None and size > self._policy.largest_file:
            parts = {"file": file.name, "size": size, "largest": self._policy.largest_file}
            self._note("file_too_large", Reason("%(file)s says it has %(size)d bytes; %(largest)d are read", **parts))
            return None
        if size is None or len(data) < size:
            parts = {"file": file.name, "size": size or 0, "found": len(data)}
            self._note("file_short", Reason("%(file)s says it has %(size)d bytes and ends after %(found)d", **parts))
        return bytes(data[:size])

    def _part(self, offset: int, wanted: int) -> bytes:
        """Octets from there on, b"" at the end. Raises `StatusError` for any other refusal."""
        most = min(wanted, self._most() - (_ODD_HEADER if offset > _LAST_PLAIN_OFFSET else 0))
        response = self._binary(offset, most)
        if response.status & 0xFF00 == Status.WRONG_EXPECTED_LENGTH and not response.data:
            most = min(most, response.status & 0xFF or SHORT_EXPECTED)
            response = self._binary(offset, most)
        if most > SHORT_EXPECTED and response.status in _TOO_LONG:
            self.largest_response = 0
            self._note("extended_refused", Reason("the chip refuses extended lengths and is read in short ones"))
            return self._part(offset, wanted)
        if response.status == Status.WRONG_OFFSET:
            return b""
        if response.status != Status.END_OF_FILE:
            response.need(Instruction.READ_BINARY)
            if 0 < len(response.data) < most:
                self._usual = len(response.data)
        return response.data[:most]

    def _most(self) -> int:
        """Octets that fit into one response, with what protects them."""
        session = self._channel.session
        short = session.longest_short_response if session else SHORT_EXPECTED
        most = max(short, min(self.largest_response - _PROTECTION, self._policy.longest_read))
        return most if self._usual is None else max(1 + _ODD_HEADER, min(most, self._usual))

    def _binary(self, offset: int, size: int, place: int | None = None) -> ResponseApdu:
        if place is None and offset > _LAST_PLAIN_OFFSET:
            command = CommandApdu(0, Instruction.READ_BINARY_ODD, 0, 0, odd_request(offset), size + _ODD_HEADER)
            response = self._channel.send(command)
            return ResponseApdu(odd_data(response.data), response.status)
        where = offset if place is None else place
        command = CommandApdu(0, Instruction.READ_BINARY, where >> 8, where & 0xFF, expected=size)
        return self._channel.send(command)

    def _select(self, how: int, what: bytes) -> ResponseApdu:
        """Without Le: some chips refuse SELECT with it where no data is asked for."""
        return self._channel.send(CommandApdu(0, Instruction.SELECT, how, _NO_RESPONSE, what))

    def _refused(self, file: FileName, error: StatusError) -> None:
        if error.status == Status.FILE_NOT_FOUND:
            self._note("file_missing", Reason("the chip has no %(file)s", file=file.name))
        elif error.status in _PROTECTED:
            self._note("file_protected", Reason("the chip does not give %(file)s", file=file.name))
        else:
            self._note("file_unreadable", Reason("%(file)s: %(cause)s", file=file.name, cause=error.reason))

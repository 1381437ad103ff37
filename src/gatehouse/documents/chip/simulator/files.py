"""The file system of a document with an LDS1 application (ICAO 9303-10 clauses 3.6 to 3.11)."""

from __future__ import annotations

from collections.abc import Sequence

from gatehouse.documents import lds
from gatehouse.documents.chip.apdu import EXTENDED_EXPECTED, SHORT_EXPECTED, CommandApdu
from gatehouse.documents.chip.simulator.image import ChipImage
from gatehouse.documents.chip.simulator.refusal import Refusal
from gatehouse.documents.chip.simulator.state import State
from gatehouse.documents.chip.simulator.terminal_authentication import TrustPoints
from gatehouse.documents.chip.status import Status
from gatehouse.documents.tlv import compose, outermost
from gatehouse.kernel.errors import UnreadableError

APPLICATION = bytes.fromhex("A0000002471001")
MASTER_FILE = bytes.fromhex("3F00")
#: Identifier and short identifier of the files of the master file: 9303-10 table 37.
_MASTER = {
    "ATR/INFO": (0x2F01, 0x01),
    "DIR": (0x2F00, 0x1E),
    "CardAccess": (0x011C, 0x1C),
    "CardSecurity": (0x011D, 0x1D),
}
_APPLICATION = {
    "CVCA": (0x011C, 0x1C),
    **{file.name: (file.identifier, file.short_identifier) for file in lds.FILES},
}
_BY_NAME, _CHILD, _UNDER_CURRENT = 0x04, 0x00, 0x02
_SHORT_IDENTIFIER = 0x80
_OFFSET, _DATA = 0x54, 0x53
_AUTHORITY, _CVCA_SIZE = 0x42, 36


class Files:
    """Selecting and reading. `may_read` of the chip decides about rights."""

    def __init__(self, image: ChipImage, points: TrustPoints, state: State) -> None:
        self._image, self._points, self._state = image, points, state

    def select(self, command: CommandApdu) -> None:
        """SELECT: the application, the master file, or a file under what is selected (clause 3.6.2)."""
        if command.p1 == _BY_NAME:
            self._select_application(command.data)
        elif command.p1 == _CHILD and command.data in (b"", MASTER_FILE):
            self._state.application, self._state.current = False, None
        elif command.p1 in (_UNDER_CURRENT, _CHILD):
            self._state.current = self._named(int.from_bytes(command.data, "big"), short=False)
        else:
            raise Refusal(Status.WRONG_PARAMETERS)

    def place(self, command: CommandApdu) -> tuple[str, int]:
        """The file that READ BINARY means, and the offset to read from; the file becomes the current one."""
        if command.ins & 1:
            short, offset = command.p1 << 8 | command.p2, _odd_offset(command.data)
        elif command.p1 & _SHORT_IDENTIFIER:
            short, offset = command.p1 & 0x1F, command.p2
        else:
            short, offset = 0, command.p1 << 8 | command.p2
        if short:
            self._state.current = self._named(short, short=True)
        if self._state.current is None:
            raise Refusal(Status.COMMAND_NOT_ALLOWED)
        return self._state.current, offset

    def content(self, name: str) -> bytes:
        """EF.CVCA is written by the chip itself where the image brings none."""
        return self._image.files[name] if name in self._image.files else _cvca(self._points.names)

    def _select_application(self, identifier: bytes) -> None:
        if identifier != APPLICATION:
            raise Refusal(Status.FILE_NOT_FOUND)
        self._state.application, self._state.current = True, None

    def _named(self, identifier: int, *, short: bool) -> str:
        directory = _APPLICATION if self._state.application else _MASTER
        found = [name for name, identifiers in directory.items() if identifiers[short] == identifier]
        if not found or not self._holds(found[0]):
            raise Refusal(Status.FILE_NOT_FOUND)
        return found[0]

    def _holds(self, name: str) -> bool:
        return name in self._image.files or (name == "CVCA" and bool(self._points.names))


def read(content: bytes, command: CommandApdu, offset: int, most: int) -> tuple[bytes, int]:
    """Data and status of READ BINARY, of at most `most` octets (ISO/IEC 7816-4 clause 11.2.2, ICAO 9303-10 3.6.3).

    Whoever asks for a certain number of octets is warned where the file ends before them.
    """
    if offset >= len(content):
        raise Refusal(Status.WRONG_OFFSET)
    if command.expected is None:
        raise Refusal(Status.WRONG_LENGTH)
    odd = bool(command.ins & 1)
    wanted = command.expected - (_header_of(command.expected) if odd else 0)
    data = content[offset : offset + min(wanted, most)]
    ended = len(data) < min(wanted, most) and command.expected not in (SHORT_EXPECTED, EXTENDED_EXPECTED)
    return compose(_DATA, data) if odd else data, Status.END_OF_FILE if ended else Status.SUCCESS


def _cvca(names: Sequence[str]) -> bytes:
    """The names of the authorities that the chip trusts, filled up (BSI TR-03110-3 annex A.3.1)."""
    return b"".join(compose(_AUTHORITY, name.encode("latin-1")) for name in names).ljust(_CVCA_SIZE, b"\0")


def _header_of(size: int) -> int:
    """Octets that the data object around data of that size adds."""
    return len(compose(_DATA, bytes(size))) - size


def _odd_offset(data: bytes) -> int:
    try:
        return int.from_bytes(outermost(data, _OFFSET).value, "big")
    except UnreadableError as error:
        raise Refusal(Status.WRONG_DATA) from error

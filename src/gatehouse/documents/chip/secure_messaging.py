"""Secure messaging (ICAO 9303-11 clause 9.8): commands and responses encrypted, then authenticated.

Both sides stand here, so that a simulated chip is the exact inverse of the terminal.
"""

from __future__ import annotations

import hmac

from gatehouse.documents.chip.apdu import EXTENDED_EXPECTED, SHORT_DATA, SHORT_EXPECTED, CommandApdu, ResponseApdu
from gatehouse.documents.chip.cipher import CHECKSUM, SessionKeys, pad, unpad
from gatehouse.documents.chip.errors import SecureMessagingError
from gatehouse.documents.chip.status import Status, meaning
from gatehouse.documents.tlv import compose, walk
from gatehouse.kernel.errors import UnreadableError

_PROTECTED = 0x0C
_ODD_CRYPTOGRAM, _CRYPTOGRAM, _EXPECTED, _STATUS, _CHECKSUM = 0x85, 0x87, 0x97, 0x99, 0x8E
#: "Padding method 2 was applied": the octet before the cryptogram in DO'87'.
_PADDED = b"\x01"


class SecureMessaging:
    """One session: its keys and the send sequence counter, which both sides raise before each command and response.

    A terminal calls `protect_command` and `unprotect_response` in turn, a chip `unprotect_command` and
    `protect_response`. After a `SecureMessagingError` the session is over.
    """

    def __init__(self, keys: SessionKeys, counter: int = 0) -> None:
        self._keys = keys
        self._counter = counter

    @property
    def longest_short_response(self) -> int:
        """The most plain octets whose protected response fits into 256: 231 with 3DES, 223 with AES."""
        overhead = len(compose(_CRYPTOGRAM, bytes(200))) - 200 + 1 + 4 + 10
        block = self._keys.suite.block_size
        return (SHORT_EXPECTED - overhead) // block * block - 1

    def protect_command(self, command: CommandApdu) -> CommandApdu:
        """The command as it is sent, with data, Le and checksum as data objects."""
        self._advance()
        cla = command.cla | _PROTECTED
        body = self._encrypted(command.ins, command.data) + _expected_object(command)
        checksum = self._checksum(self._padded(bytes((cla, *command.header[1:]))), body)
        data = body + compose(_CHECKSUM, checksum)
        extended = command.is_extended or len(data) > SHORT_DATA
        expected = EXTENDED_EXPECTED if extended else SHORT_EXPECTED
        return CommandApdu(cla, command.ins, command.p1, command.p2, data, expected, extended)

    def unprotect_response(self, response: ResponseApdu) -> ResponseApdu:
        """The plain response. Raises `SecureMessagingError`: what is not rightly protected is never returned."""
        self._advance()
        if not response.data:
            raise SecureMessagingError(
                "the chip answered without secure messaging: %(status)s, %(meaning)s",
                response.status,
                status=f"{response.status:04X}",
                meaning=meaning(response.status),
            )
        objects = self._opened(b"", response.data)
        status = objects.get(_STATUS)
        if status is None or len(status) != 2:
            raise SecureMessagingError("the protected response lacks its status word")
        return ResponseApdu(self._decrypted(objects), int.from_bytes(status, "big"))

    def unprotect_command(self, command: CommandApdu) -> CommandApdu:
        """The plain command, as a chip reads it. Raises `SecureMessagingError` with the status word to answer."""
        self._advance()
        objects = self._opened(self._padded(command.header), command.data)
        expected = objects.get(_EXPECTED)
        number = None
        if expected is not None:
            most = SHORT_EXPECTED if len(expected) == 1 else EXTENDED_EXPECTED
            number = int.from_bytes(expected, "big") or most
        data = self._decrypted(objects)
        cla = command.cla & ~_PROTECTED
        return CommandApdu(cla, command.ins, command.p1, command.p2, data, number, command.extended)

    def protect_response(self, response: ResponseApdu, ins: int) -> ResponseApdu:
        """The response to a command of that instruction, as a chip sends it."""
        self._advance()
        body = self._encrypted(ins, response.data) + compose(_STATUS, response.status.to_bytes(2, "big"))
        return ResponseApdu(body + compose(_CHECKSUM, self._checksum(b"", body)), response.status)

    def _advance(self) -> None:
        self._counter += 1

    @property
    def _sequence(self) -> bytes:
        size = self._keys.suite.block_size
        return (self._counter % (1 << 8 * size)).to_bytes(size, "big")

    @property
    def _vector(self) -> bytes:
        """The initialisation vector: zero for 3DES, the encrypted counter for AES (clause 9.8.7.1)."""
        suite = self._keys.suite
        return bytes(8) if suite.block_size == 8 else suite.encrypt(self._keys.encryption, self._sequence)

    def _padded(self, data: bytes) -> bytes:
        return pad(data, self._keys.suite.block_size)

    def _encrypted(self, ins: int, data: bytes) -> bytes:
        if not data:
            return b""
        cryptogram = self._keys.suite.encrypt(self._keys.encryption, self._padded(data), self._vector)
        return compose(_ODD_CRYPTOGRAM, cryptogram) if ins & 1 else compose(_CRYPTOGRAM, _PADDED, cryptogram)

    def _decrypted(self, objects: dict[int, bytes]) -> bytes:
        cryptogram = objects.get(_ODD_CRYPTOGRAM, b"")
        if _CRYPTOGRAM in objects:
            indicator, cryptogram = objects[_CRYPTOGRAM][:1], objects[_CRYPTOGRAM][1:]
            if indicator != _PADDED:
                raise SecureMessagingError("the padding of the protected data is not said to be method 2")
        if not cryptogram:
            return b""
        try:
            return unpad(self._keys.suite.decrypt(self._keys.encryption, cryptogram, self._vector))
        except UnreadableError as error:
            raise SecureMessagingError(
                "the protected data cannot be decrypted: %(cause)s", cause=error.reason
            ) from error

    def _checksum(self, header: bytes, body: bytes) -> bytes:
        """Over the counter, the padded header of a command, and the data objects padded; no objects, no padding."""
        authenticated = header + (self._padded(body) if body else b"")
        return self._keys.suite.mac_of_blocks(self._keys.authentication, self._sequence + authenticated)

    def _opened(self, header: bytes, data: bytes) -> dict[int, bytes]:
        """The data objects whose checksum is right, without it. It must be the last object."""
        try:
            found = list(walk(data))
        except UnreadableError as error:
            raise SecureMessagingError("the secured data objects are broken: %(cause)s", cause=error.reason) from error
        if not found or found[-1].tag != _CHECKSUM or len(found[-1].value) != CHECKSUM:
            raise SecureMessagingError("the checksum is missing", Status.SECURE_MESSAGING_MISSING)
        body = data[: len(data) - len(found[-1].raw)]
        if not hmac.compare_digest(self._checksum(header, body), bytes(found[-1].value)):
            raise SecureMessagingError("the checksum is wrong: what was sent was changed, or by another key")
        return {each.tag: bytes(each.value) for each in found[:-1]}


def _expected_object(command: CommandApdu) -> bytes:
    if command.expected is None:
        return b""
    size = 2 if command.is_extended else 1
    return compose(_EXPECTED, (command.expected % (1 << 8 * size)).to_bytes(size, "big"))

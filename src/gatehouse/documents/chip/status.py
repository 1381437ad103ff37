"""Status words of a chip: ISO/IEC 7816-4 clause 5.6, and how ICAO 9303-10 and 9303-11 use them."""

from __future__ import annotations

from enum import IntEnum

from gatehouse.kernel.results import Reason


class Status(IntEnum):
    SUCCESS = 0x9000
    END_OF_FILE = 0x6282
    FILE_DEACTIVATED = 0x6283
    AUTHENTICATION_FAILED = 0x6300
    WRONG_LENGTH = 0x6700
    SECURE_MESSAGING_NOT_SUPPORTED = 0x6882
    CHAINING_NOT_SUPPORTED = 0x6884
    SECURITY_NOT_SATISFIED = 0x6982
    AUTHENTICATION_BLOCKED = 0x6983
    CONDITIONS_NOT_SATISFIED = 0x6985
    COMMAND_NOT_ALLOWED = 0x6986
    SECURE_MESSAGING_MISSING = 0x6987
    SECURE_MESSAGING_INCORRECT = 0x6988
    WRONG_DATA = 0x6A80
    FUNCTION_NOT_SUPPORTED = 0x6A81
    FILE_NOT_FOUND = 0x6A82
    WRONG_PARAMETERS = 0x6A86
    LENGTH_INCONSISTENT_WITH_PARAMETERS = 0x6A87
    REFERENCE_NOT_FOUND = 0x6A88
    WRONG_OFFSET = 0x6B00
    WRONG_EXPECTED_LENGTH = 0x6C00
    INSTRUCTION_NOT_SUPPORTED = 0x6D00
    CLASS_NOT_SUPPORTED = 0x6E00
    UNKNOWN = 0x6F00


_MEANINGS: dict[int, Reason] = {
    Status.SUCCESS: Reason("done"),
    Status.END_OF_FILE: Reason("the file ended before that many bytes"),
    Status.FILE_DEACTIVATED: Reason("the file is deactivated"),
    Status.AUTHENTICATION_FAILED: Reason("authentication failed"),
    Status.WRONG_LENGTH: Reason("wrong length"),
    Status.SECURE_MESSAGING_NOT_SUPPORTED: Reason("secure messaging is not supported"),
    Status.CHAINING_NOT_SUPPORTED: Reason("command chaining is not supported"),
    Status.SECURITY_NOT_SATISFIED: Reason("access is not granted"),
    Status.AUTHENTICATION_BLOCKED: Reason("the password is blocked"),
    Status.CONDITIONS_NOT_SATISFIED: Reason("the conditions of use are not satisfied"),
    Status.COMMAND_NOT_ALLOWED: Reason("no file is selected"),
    Status.SECURE_MESSAGING_MISSING: Reason("secure messaging is incomplete"),
    Status.SECURE_MESSAGING_INCORRECT: Reason("secure messaging is incorrect"),
    Status.WRONG_DATA: Reason("incorrect data"),
    Status.FUNCTION_NOT_SUPPORTED: Reason("the function is not supported"),
    Status.FILE_NOT_FOUND: Reason("there is no such file"),
    Status.WRONG_PARAMETERS: Reason("incorrect parameters"),
    Status.LENGTH_INCONSISTENT_WITH_PARAMETERS: Reason("the length does not fit the parameters"),
    Status.REFERENCE_NOT_FOUND: Reason("what was referred to was not found"),
    Status.WRONG_OFFSET: Reason("the offset is beyond the file"),
    Status.INSTRUCTION_NOT_SUPPORTED: Reason("the instruction is not supported"),
    Status.CLASS_NOT_SUPPORTED: Reason("the class of instructions is not supported"),
}
_OTHER = Reason("another error of the chip")
_TRIES = Reason("authentication failed, tries are limited")
_LENGTH = Reason("another length is expected")


def meaning(status: int) -> Reason:
    """What a status word says."""
    if status & 0xFFF0 == 0x63C0:
        return _TRIES
    if status & 0xFF00 == Status.WRONG_EXPECTED_LENGTH:
        return _LENGTH
    return _MEANINGS.get(status, _OTHER)

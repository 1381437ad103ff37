"""Misbehaviour by name: what an operator can ask a simulated chip for, to see what an inspection makes of it."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NoReturn

from gatehouse.documents.chip.apdu import CommandApdu, Instruction, ResponseApdu
from gatehouse.documents.chip.errors import CardRemovedError, CardTimeoutError
from gatehouse.documents.chip.secure_messaging import SecureMessaging
from gatehouse.documents.chip.simulator.faults import (
    Answer,
    Fault,
    at_step,
    changed,
    flip,
    flipped,
    in_objects,
    of_file,
    refuse,
    retagged,
    to,
    without,
)
from gatehouse.documents.chip.status import Status
from gatehouse.documents.tlv import compose

_READ, _SELECT = Instruction.READ_BINARY, Instruction.SELECT
_EXTERNAL, _INTERNAL = Instruction.EXTERNAL_AUTHENTICATE, Instruction.INTERNAL_AUTHENTICATE
_APPLICATION, _FILE = 0x04, 0x02
_DYNAMIC = 0x7C
_SECONDS = 0.5


@dataclass(frozen=True)
class Case:
    """A fault with the sentence that says what is wrong."""

    text: str
    fault: Fault


class GarbledMessaging(SecureMessaging):
    """Cryptograms that decrypt to nonsense, under right checksums."""

    def _encrypted(self, ins: int, data: bytes) -> bytes:
        cryptogram = super()._encrypted(ins, data)
        return flip(cryptogram) if cryptogram else cryptogram


def removed(_command: CommandApdu, _response: ResponseApdu) -> NoReturn:
    raise CardRemovedError("the document left the reader")


def silent(_command: CommandApdu, _response: ResponseApdu) -> NoReturn:
    raise CardTimeoutError("the chip did not answer in time")


def slow(_command: CommandApdu, response: ResponseApdu) -> ResponseApdu:
    time.sleep(_SECONDS)
    return response


def at_end_of_file(status: int, *, with_data: bool = False) -> Fault:
    """What is answered where a file ends before what was asked for; 6C00 is completed by how much is left."""

    def answer(command: CommandApdu, response: ResponseApdu) -> ResponseApdu:
        left = len(response.data)
        if response.status != Status.END_OF_FILE:
            return response
        word = status | min(left, 0xFF) if status == Status.WRONG_EXPECTED_LENGTH else status
        return ResponseApdu(response.data if with_data else b"", word)

    return Fault(to(_READ), answer)


def announcing(name: str, more: int) -> Fault:
    """The file's own header says that it is longer, or shorter, than it is."""

    def change(data: bytes) -> bytes:
        size = data[1] & 0x7F if data[1] & 0x80 else 0
        place = slice(2, 2 + size) if size else slice(1, 2)
        length = int.from_bytes(data[place], "big") + more
        return data[: place.start] + length.to_bytes(size or 1, "big") + data[place.stop :]

    return of_file(name, change)


def protected(change: Answer) -> Fault:
    """What READ BINARY sends within secure messaging."""
    return Fault(to(_READ), wire=change)


def _same_key(command: CommandApdu, response: ResponseApdu) -> ResponseApdu:
    """The terminal's own ephemeral key, sent back as the chip's."""
    sent = command.data[-(len(response.data) - 4) :]
    return ResponseApdu(compose(_DYNAMIC, compose(0x84, sent)), response.status)


CASES: dict[str, Case] = {
    "removed": Case("The document leaves the reader after 20 commands.", Fault(answer=removed, after=20)),
    "silent": Case("The chip answers nothing any more after 20 commands.", Fault(answer=silent, after=20)),
    "slow": Case("Every answer takes half a second.", Fault(answer=slow)),
    "no-application": Case(
        "The application of travel documents cannot be selected.",
        Fault(to(_SELECT, _APPLICATION), refuse(Status.FILE_NOT_FOUND)),
    ),
    "no-file": Case(
        "No file can be selected.",
        Fault(to(_SELECT, _FILE), refuse(Status.FILE_NOT_FOUND)),
    ),
    "bac-refused": Case(
        "Basic access control fails whatever the key.", Fault(to(_EXTERNAL), refuse(Status.AUTHENTICATION_FAILED))
    ),
    "bac-checksum": Case(
        "The checksum of the answer to basic access control is wrong.", Fault(to(_EXTERNAL), changed(flip))
    ),
    "sm-refused": Case(
        "The chip ends secure messaging at the first file.",
        protected(refuse(Status.SECURE_MESSAGING_INCORRECT)),
    ),
    "sm-no-checksum": Case("Responses lack their checksum.", protected(in_objects(without(0x8E)))),
    "sm-no-cryptogram": Case("Responses lack their cryptogram.", protected(in_objects(without(0x87)))),
    "sm-no-status": Case("Responses lack their protected status word.", protected(in_objects(without(0x99)))),
    "sm-checksum": Case("The checksum of responses is wrong.", protected(in_objects(flipped(0x8E)))),
    "sm-cryptogram": Case("Responses decrypt to nonsense under a right checksum.", Fault(session=GarbledMessaging)),
    "end-6b00": Case("The end of a file is answered with 6B00 and nothing else.", at_end_of_file(Status.WRONG_OFFSET)),
    "end-6282": Case("The end of a file is answered with 6282 and nothing else.", at_end_of_file(Status.END_OF_FILE)),
    "end-6cxx": Case(
        "The end of a file is answered with 6Cxx and how much is left.", at_end_of_file(Status.WRONG_EXPECTED_LENGTH)
    ),
    "long-dg2": Case("EF.DG2 announces 1,000 bytes more than it has.", announcing("DG2", 1000)),
    "short-dg2": Case("EF.DG2 announces 1,000 bytes fewer than it has.", announcing("DG2", -1000)),
    "pace-refused": Case(
        "PACE cannot be chosen.",
        Fault(to(Instruction.MANAGE_SECURITY_ENVIRONMENT, 0xC1), refuse(Status.WRONG_DATA)),
    ),
    "pace-nonce": Case(
        "The encrypted nonce of PACE is wrong.", Fault(at_step(None), in_objects(flipped(0x80), _DYNAMIC))
    ),
    "pace-mapping": Case(
        "The mapping data of PACE are no key of the group.", Fault(at_step(0x81), in_objects(flipped(0x82), _DYNAMIC))
    ),
    "pace-same-key": Case("The chip sends the terminal's own key back in PACE.", Fault(at_step(0x83), _same_key)),
    "pace-token": Case("The chip's token of PACE is wrong.", Fault(at_step(0x85), in_objects(flipped(0x86), _DYNAMIC))),
    "pace-tag": Case(
        "The nonce of PACE has another tag.", Fault(at_step(None), in_objects(retagged(0x80, 0x90), _DYNAMIC))
    ),
    "aa-signature": Case("The signature of active authentication is wrong.", Fault(to(_INTERNAL), changed(flip))),
    "aa-refused": Case(
        "Active authentication is refused.", Fault(to(_INTERNAL), refuse(Status.CONDITIONS_NOT_SATISFIED))
    ),
    "ca-refused": Case(
        "Chip authentication is refused.",
        Fault(to(Instruction.MANAGE_SECURITY_ENVIRONMENT, 0x41), refuse(Status.WRONG_DATA)),
    ),
}


def named(names: Sequence[str]) -> list[Fault]:
    """Raises `KeyError` for a name that is none."""
    return [CASES[name].fault for name in names]

"""Chips that answer anything: `attempt` makes a reading of it all the same, and never raises."""

from __future__ import annotations

from functools import cache

from tests.fuzz import seeds

from gatehouse.documents.chip.access import CanKey, MrzKey
from gatehouse.documents.chip.apdu import CommandApdu, ResponseApdu
from gatehouse.documents.chip.judging import judge
from gatehouse.documents.chip.reading import ChipReading, ReadingPolicy, attempt
from gatehouse.documents.chip.reading.proofs import CHECKS
from gatehouse.documents.chip.simulator import ChipImage, SimulatedChip
from gatehouse.documents.chip.simulator.faults import Fault
from gatehouse.documents.pki.trust import TrustStore
from gatehouse.simulation.issuing import ChipKind

#: Commands after which any chip must have been given up: a reading never goes on without end.
MOST_COMMANDS = 20_000
_KEYS = (None, MrzKey("L898902C<", "690806", "940623"), CanKey("123456"))
_NO_TRUST = TrustStore([])
_KINDS = (ChipKind.BAC, ChipKind.CA, ChipKind.AA)


class _Answers:
    """Answers in turn, each a length octet and so many octets; when they are used up, it begins again."""

    def __init__(self, data: bytes) -> None:
        self._data, self._at, self.count = data, 0, 0

    def transmit(self, command: bytes) -> bytes:
        self.count += 1
        assert self.count < MOST_COMMANDS
        if self._at >= len(self._data):
            self._at = 0
        size = self._data[self._at]
        answer = self._data[self._at + 1 : self._at + 1 + size]
        self._at += 1 + size
        return answer


def read_answering_chip(data: bytes) -> None:
    """The first octet chooses the key, the rest are answers."""
    if len(data) < 2:
        return
    policy = ReadingPolicy(bac_after_failed_pace=True, short_identifiers=bool(data[0] & 0x80), every_proof=True)
    _examine(attempt(_Answers(data[1:]), _KEYS[data[0] % len(_KEYS)], policy=policy))


@cache
def _image(kind: ChipKind) -> ChipImage:
    return seeds.document(kind).image


def read_misbehaving_chip(data: bytes) -> None:
    """The first octet chooses the chip, the second from which command on its answers are changed, within the session.

    Each change is an octet that says how (replace, cut, append, status) and octets to do it with.
    """
    if len(data) < 3:
        return
    image, rest, place = _image(_KINDS[data[0] % len(_KINDS)]), data[2:], [0]

    def change(_command: CommandApdu, response: ResponseApdu) -> ResponseApdu:
        at = place[0] % len(rest)
        how, size = rest[at] & 3, rest[at] >> 2
        part = rest[at + 1 : at + 1 + size]
        place[0] = at + 1 + size
        if how == 0:
            return response
        if how == 1:
            return ResponseApdu(part + response.data[len(part) :], response.status)
        if how == 2:
            return ResponseApdu(response.data[: len(response.data) - size], response.status)
        return ResponseApdu(part, int.from_bytes(part[-2:], "big") or response.status)

    chip = SimulatedChip(image, faults=[Fault(answer=change, after=data[1] % 32)])
    policy = ReadingPolicy(bac_after_failed_pace=True, every_proof=True, largest_file=20_000)
    _examine(attempt(chip, image.mrz, policy=policy))


def _examine(reading: ChipReading) -> None:
    """Every check is there, and a verdict comes of it."""
    assert tuple(check.id for check in reading.checks) == CHECKS
    verdict = judge(reading, trust=_NO_TRUST, on=seeds.ON)
    assert verdict.as_dict()["result"] != "successful"
    for event in reading.events:
        event.as_dict()

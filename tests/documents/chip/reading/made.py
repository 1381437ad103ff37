"""Documents of a made-up state, with chips of every kind, and readings of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache

from gatehouse.documents.chip.access import AccessKey
from gatehouse.documents.chip.apdu import CommandApdu
from gatehouse.documents.chip.errors import CardRemovedError
from gatehouse.documents.chip.reading import ChipReading, ReadingPolicy, attempt
from gatehouse.documents.chip.simulator import ChipImage, SimulatedChip
from gatehouse.documents.chip.simulator.cases import named
from gatehouse.documents.chip.simulator.faults import Fault
from gatehouse.documents.chip.simulator.limits import Limits
from gatehouse.documents.pki.certificates import Certificate
from gatehouse.documents.pki.trust import TrustStore
from gatehouse.documents.tlv import compose
from gatehouse.simulation.holders import made_up_holder
from gatehouse.simulation.issuing import ChipKind, IssuedDocument, Issuer

ON = date(2026, 11, 22)


@cache
def issuer(kind: ChipKind) -> Issuer:
    return Issuer("UT", "UTO", seed=1, on=ON, chips=kind)


@cache
def document(kind: ChipKind) -> IssuedDocument:
    return issuer(kind).personalise(made_up_holder("UTO", 7, on=ON, youngest=18))


@cache
def trust(kind: ChipKind) -> TrustStore:
    return TrustStore([Certificate.read(der) for der in issuer(kind).csca_certificates()])


def image(kind: ChipKind, *, without: tuple[str, ...] = (), **files: bytes) -> ChipImage:
    """The chip of a kind; some of its files left out or put in the place of others. `_` stands for `/`."""
    made = document(kind).image
    kept = {name: data for name, data in made.files.items() if name not in without}
    return replace(made, files={**kept, **{name.replace("_", "/"): data for name, data in files.items()}})


def read(
    chip: ChipImage | ChipKind,
    key: AccessKey | None = None,
    *,
    policy: ReadingPolicy = ReadingPolicy(),  # noqa: B008 - immutable
    case: str | None = None,
    faults: tuple[Fault, ...] = (),
    limits: Limits = Limits(),  # noqa: B008 - immutable
    trusted: TrustStore | None = None,
) -> ChipReading:
    """A reading with the chip's own key where none is given."""
    made = image(chip) if isinstance(chip, ChipKind) else chip
    simulated = SimulatedChip(made, limits=limits, faults=(*faults, *(named([case]) if case else ())))
    return attempt(simulated, key or made.mrz, policy=policy, trust=trusted)


def stating(longest: int) -> bytes:
    """EF.ATR/INFO of a chip that takes and gives so many octets with extended lengths."""
    number = compose(0x02, longest.to_bytes(3, "big"))
    return compose(0x7F66, number, number)


class Counted:
    """A chip whose commands are counted, and that is pulled before the one of that number."""

    def __init__(self, chip: SimulatedChip, pulled_before: int | None = None) -> None:
        self._chip, self._pulled = chip, pulled_before
        self.commands: list[CommandApdu] = []

    def transmit(self, command: bytes) -> bytes:
        if len(self.commands) == self._pulled:
            raise CardRemovedError("the document left the reader")
        self.commands.append(CommandApdu.read(command))
        return self._chip.transmit(command)


class Scripted:
    """A chip that answers by a function of the plain command; it knows no session."""

    def __init__(self, answer: Callable[[CommandApdu], bytes]) -> None:
        self._answer = answer
        self.count = 0

    def transmit(self, command: bytes) -> bytes:
        self.count += 1
        return self._answer(CommandApdu.read(command))


def results(reading: ChipReading) -> dict[str, str]:
    return {check.id: check.result.value for check in reading.checks}


def names(reading: ChipReading) -> list[str]:
    return [event.name for event in reading.events]

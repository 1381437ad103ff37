"""How a chip can be made to misbehave on purpose."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from gatehouse.documents.chip.apdu import CommandApdu, Instruction, ResponseApdu
from gatehouse.documents.chip.secure_messaging import SecureMessaging
from gatehouse.documents.chip.simulator.image import ChipImage
from gatehouse.documents.tlv import Tlv, compose, walk
from gatehouse.kernel.errors import UnreadableError

Applies = Callable[[CommandApdu], bool]
Answer = Callable[[CommandApdu, ResponseApdu], ResponseApdu]


@dataclass(frozen=True, slots=True)
class Fault:
    """One misbehaviour, of the commands that `applies` says, once `after` of them were answered rightly.

    `answer` replaces the plain response that the chip would give, and `wire` what it sends, protected or not; both may
    raise a `TransportError`. `session` is the secure messaging of its sessions. `image` changes what the chip holds.
    """

    applies: Applies = lambda _: True
    answer: Answer | None = None
    wire: Answer | None = None
    session: type[SecureMessaging] | None = None
    image: Callable[[ChipImage], ChipImage] | None = None
    after: int = 0
    #: The chip goes on with the keys it has where it should take new ones.
    keeps_session: bool = False


class Faults:
    """The faults of one chip, and how often each has been met since it was last reset."""

    def __init__(self, faults: Iterable[Fault] = ()) -> None:
        self._faults = tuple(faults)
        self.reset()

    def reset(self) -> None:
        self._met = [0] * len(self._faults)
        self._due: list[Fault] = []

    @property
    def session(self) -> type[SecureMessaging]:
        return next((fault.session for fault in self._faults if fault.session), SecureMessaging)

    def on_image(self, image: ChipImage) -> ChipImage:
        for fault in self._faults:
            image = fault.image(image) if fault.image else image
        return image

    def on_answer(self, command: CommandApdu, response: ResponseApdu) -> ResponseApdu:
        """Each plain command comes by here once."""
        self._due = []
        for place, fault in enumerate(self._faults):
            if fault.applies(command):
                if self._met[place] >= fault.after:
                    self._due.append(fault)
                self._met[place] += 1
        for fault in self._due:
            response = fault.answer(command, response) if fault.answer else response
        return response

    @property
    def keeps_session(self) -> bool:
        """Of the command that was just answered."""
        return any(fault.keeps_session for fault in self._due)

    def on_wire(self, command: CommandApdu, response: ResponseApdu) -> ResponseApdu:
        for fault in self._due:
            response = fault.wire(command, response) if fault.wire else response
        return response


def to(instruction: Instruction, p1: int | None = None) -> Applies:
    """Commands of that instruction, and that first parameter if given."""
    return lambda command: command.ins == instruction and p1 in (None, command.p1)


def at_step(tag: int | None) -> Applies:
    """GENERAL AUTHENTICATE with that data object: 81, 83 and 85 are steps two to four of PACE, None is the first."""
    return lambda command: command.ins == Instruction.GENERAL_AUTHENTICATE and tag in _steps(command.data)


def refuse(status: int) -> Answer:
    return lambda _command, _response: ResponseApdu(b"", status)


def changed(change: Callable[[bytes], bytes]) -> Answer:
    """The data of a successful response, changed."""
    return lambda _, response: replace(response, data=change(response.data)) if response.is_success else response


def in_objects(change: Callable[[Tlv], bytes], template: int | None = None) -> Answer:
    """Each data object of the response, or within its template, replaced by what `change` makes of it."""

    def change_all(data: bytes) -> bytes:
        if template is None:
            return b"".join(change(each) for each in walk(data))
        return b"".join(compose(template, *(change(inner) for inner in each.children())) for each in walk(data))

    return changed(change_all)


def retagged(old: int, new: int) -> Callable[[Tlv], bytes]:
    return lambda found: compose(new, found.value) if found.tag == old else bytes(found.raw)


def without(tag: int) -> Callable[[Tlv], bytes]:
    return lambda found: b"" if found.tag == tag else bytes(found.raw)


def flipped(tag: int, place: int = -1) -> Callable[[Tlv], bytes]:
    """One bit of the object's value is another."""
    return lambda found: compose(tag, flip(bytes(found.value), place)) if found.tag == tag else bytes(found.raw)


def flip(data: bytes, place: int = -1) -> bytes:
    changed_data = bytearray(data)
    changed_data[place] ^= 1
    return bytes(changed_data)


def of_file(name: str, change: Callable[[bytes], bytes]) -> Fault:
    """The file holds something else than was written and signed."""

    def alter(image: ChipImage) -> ChipImage:
        return replace(image, files={**image.files, name: change(image.files[name])}) if name in image.files else image

    return Fault(image=alter)


def _steps(data: bytes) -> list[int | None]:
    try:
        inner = [each.tag for template in walk(data) for each in template.children()]
    except UnreadableError:
        return []
    return list(inner) or [None]

"""A chip in a programme: commands in, responses out, by the rules of ICAO 9303-10 and 9303-11."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from gatehouse.documents.chip.apdu import CommandApdu, Instruction, ResponseApdu
from gatehouse.documents.chip.errors import SecureMessagingError
from gatehouse.documents.chip.secure_messaging import SecureMessaging
from gatehouse.documents.chip.simulator.authentication import Authentication
from gatehouse.documents.chip.simulator.faults import Fault, Faults
from gatehouse.documents.chip.simulator.files import Files, read
from gatehouse.documents.chip.simulator.image import ChipImage
from gatehouse.documents.chip.simulator.limits import DEFAULT_LIMITS, Limits
from gatehouse.documents.chip.simulator.randomness import Randomness
from gatehouse.documents.chip.simulator.refusal import Refusal
from gatehouse.documents.chip.simulator.state import State
from gatehouse.documents.chip.simulator.terminal_authentication import TrustPoints
from gatehouse.documents.chip.status import Status
from gatehouse.kernel.errors import UnreadableError

_PROTECTED = 0x0C
#: Files that everybody may read.
_PUBLIC = frozenset({"CardAccess", "ATR/INFO", "DIR"})
#: Files that authorised terminals alone read.
_FOR_TERMINALS = frozenset({"DG3", "DG4"})


class SimulatedChip:
    """A `Transport` whose other end is an image."""

    def __init__(
        self,
        image: ChipImage,
        *,
        faults: Iterable[Fault] = (),
        limits: Limits = DEFAULT_LIMITS,
        random: Randomness | None = None,
    ) -> None:
        self._faults, self._limits, self._random = Faults(faults), limits, random or Randomness()
        self._image = self._faults.on_image(image)
        self._points = TrustPoints(image.trust_points, image.personalised)
        self.reset()

    def reset(self) -> None:
        """As when power is cut: no application, no session, no rights."""
        self._state = State(self._faults.session)
        self._faults.reset()
        self._files = Files(self._image, self._points, self._state)
        answers = Authentication(self._image, self._points, self._state, self._random)
        self._handlers: dict[int, Callable[[CommandApdu], ResponseApdu]] = {
            Instruction.SELECT: self._select,
            Instruction.READ_BINARY: self._read,
            Instruction.READ_BINARY_ODD: self._read,
            Instruction.MANAGE_SECURITY_ENVIRONMENT: _with_data(answers.manage),
            Instruction.PERFORM_SECURITY_OPERATION: _with_data(answers.verify),
            Instruction.GET_CHALLENGE: _with_data(answers.challenge),
            Instruction.EXTERNAL_AUTHENTICATE: _with_data(answers.external),
            Instruction.INTERNAL_AUTHENTICATE: _with_data(answers.internal),
            Instruction.GENERAL_AUTHENTICATE: _with_data(answers.general),
        }

    def transmit(self, command: bytes) -> bytes:
        try:
            read_command = CommandApdu.read(command)
        except UnreadableError:
            return _status(Status.WRONG_LENGTH).encode()
        if read_command.extended and not self._limits.extended:
            return _status(Status.WRONG_LENGTH).encode()
        return self._answer(read_command).encode()

    def _answer(self, command: CommandApdu) -> ResponseApdu:
        """Within the session where there is one. What is not protected while one runs ends it (clause 9.8.3)."""
        state = self._state
        if command.cla & _PROTECTED != _PROTECTED:
            if state.messaging is not None:
                state.end_session()
            response = self._faults.on_wire(command, self._handled(command))
        elif state.messaging is None:
            return _status(Status.SECURE_MESSAGING_NOT_SUPPORTED)
        else:
            response = self._within(state.messaging, command)
        if state.following is not None:
            if not self._faults.keeps_session:
                state.messaging = state.following
            state.following = None
        return response

    def _within(self, messaging: SecureMessaging, command: CommandApdu) -> ResponseApdu:
        try:
            plain = messaging.unprotect_command(command)
        except SecureMessagingError as error:
            self._state.end_session()
            return _status(error.status)
        answer = self._handled(plain)
        if len(answer.data) > self._most(command):
            answer = _status(Status.WRONG_LENGTH)
        return self._faults.on_wire(plain, messaging.protect_response(answer, plain.ins))

    def _handled(self, command: CommandApdu) -> ResponseApdu:
        handler = self._handlers.get(command.ins)
        if handler is None:
            answer = _status(Status.INSTRUCTION_NOT_SUPPORTED)
        else:
            try:
                answer = handler(command)
            except Refusal as refusal:
                answer = _status(refusal.status)
        return self._faults.on_answer(command, answer)

    def _select(self, command: CommandApdu) -> ResponseApdu:
        self._files.select(command)
        return _status(Status.SUCCESS)

    def _read(self, command: CommandApdu) -> ResponseApdu:
        name, offset = self._files.place(command)
        if not self._may_read(name):
            raise Refusal
        return ResponseApdu(*read(self._files.content(name), command, offset, self._most(command)))

    def _may_read(self, name: str) -> bool:
        if name in _PUBLIC:
            return True
        if self._image.is_open:
            return True
        if name in _FOR_TERMINALS:
            terminal = self._state.terminal
            return terminal is not None and terminal.may_read(name)
        return self._state.messaging is not None

    def _most(self, command: CommandApdu) -> int:
        """Octets of data that fit into a response to this command."""
        messaging = self._state.messaging
        if messaging is not None and not command.extended:
            return min(self._limits.largest_response, messaging.longest_short_response)
        return self._limits.largest_response


def _with_data(handler: Callable[[CommandApdu], bytes]) -> Callable[[CommandApdu], ResponseApdu]:
    return lambda command: ResponseApdu(handler(command), Status.SUCCESS)


def _status(status: int) -> ResponseApdu:
    return ResponseApdu(b"", status)

"""The commands by which chip and terminal authenticate: MSE, GET CHALLENGE, and the three AUTHENTICATE."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from gatehouse.documents.chip.access import AccessKey
from gatehouse.documents.chip.apdu import CHAINED, CommandApdu
from gatehouse.documents.chip.cipher import TRIPLE_DES
from gatehouse.documents.chip.errors import UnsupportedProtocolError
from gatehouse.documents.chip.pace import Mapping as MappingKind
from gatehouse.documents.chip.pace import PaceParameters, usable
from gatehouse.documents.chip.simulator import active, bac, chip_authentication
from gatehouse.documents.chip.simulator.image import ChipImage
from gatehouse.documents.chip.simulator.pace import Agreed, conversation
from gatehouse.documents.chip.simulator.randomness import Randomness
from gatehouse.documents.chip.simulator.refusal import Refusal
from gatehouse.documents.chip.simulator.state import State
from gatehouse.documents.chip.simulator.terminal_authentication import TerminalAuthentication, TrustPoints
from gatehouse.documents.chip.status import Status
from gatehouse.documents.lds import card_access
from gatehouse.documents.pki.names import dotted
from gatehouse.documents.tlv import Tlv, compose, outermost, walk
from gatehouse.kernel.errors import UnreadableError

#: P1-P2 of MANAGE SECURITY ENVIRONMENT, and of the certificate's verification.
_PACE, _CHIP, _CHIP_AT_ONCE, _CERTIFICATE, _TERMINAL = 0xC1A4, 0x41A4, 0x41A6, 0x81B6, 0x81A4
_VERIFY_CERTIFICATE = (0x00, 0xBE)
_EPHEMERAL = 0x80
_MECHANISM, _PASSWORD, _REFERENCE, _PUBLIC_KEY = 0x80, 0x83, 0x84, 0x91
_MRZ, _CAN = b"\x01", b"\x02"
_DYNAMIC_DATA = 0x7C


class Authentication:
    """Each method answers one command with data, or raises `Refusal`."""

    def __init__(self, image: ChipImage, points: TrustPoints, state: State, random: Randomness) -> None:
        self._image, self._points, self._state, self._random = image, points, state, random
        self._templates: dict[int, Callable[[Mapping[int, bytes]], None]] = {
            _PACE: self._choose_pace,
            _CHIP: self._choose_agreement,
            _CHIP_AT_ONCE: self._agree_at_once,
            _CERTIFICATE: lambda given: self._terminal().choose_issuer(given.get(_PASSWORD, b"")),
            _TERMINAL: lambda given: self._terminal().choose_terminal(given.get(_PASSWORD, b"")),
        }

    def manage(self, command: CommandApdu) -> bytes:
        """MANAGE SECURITY ENVIRONMENT: which protocol follows, with which keys."""
        chosen = self._templates.get(command.p1 << 8 | command.p2)
        if chosen is None:
            raise Refusal(Status.WRONG_PARAMETERS)
        chosen(_objects(command.data))
        return b""

    def verify(self, command: CommandApdu) -> bytes:
        """PERFORM SECURITY OPERATION: a certificate of the terminal's chain."""
        if (command.p1, command.p2) != _VERIFY_CERTIFICATE:
            raise Refusal(Status.WRONG_PARAMETERS)
        self._terminal().verify(command.data)
        return b""

    def challenge(self, command: CommandApdu) -> bytes:
        """GET CHALLENGE."""
        if command.expected != bac.CHALLENGE:
            raise Refusal(Status.WRONG_LENGTH)
        self._state.challenge = self._random.octets(bac.CHALLENGE)
        return self._state.challenge

    def external(self, command: CommandApdu) -> bytes:
        """EXTERNAL AUTHENTICATE: of a terminal within a session, else basic access control."""
        challenge, self._state.challenge = self._state.challenge, None
        if challenge is None:
            raise Refusal(Status.CONDITIONS_NOT_SATISFIED)
        if self._state.messaging is not None:
            signed = self._state.identifier + challenge + self._state.terminal_key
            self._terminal().authenticate(signed, command.data)
            return b""
        return self._basic_access(challenge, command.data)

    def internal(self, command: CommandApdu) -> bytes:
        """INTERNAL AUTHENTICATE: active authentication."""
        key = self._image.active_key
        if key is None:
            raise Refusal(Status.INSTRUCTION_NOT_SUPPORTED)
        if not self._image.is_open:
            self._need_session()
        if len(command.data) != active.CHALLENGE:
            raise Refusal(Status.WRONG_LENGTH)
        return active.signature(key, self._image.active_hash, command.data, self._random)

    def general(self, command: CommandApdu) -> bytes:
        """GENERAL AUTHENTICATE: the next step of PACE, or the one of chip authentication."""
        try:
            given = outermost(command.data, _DYNAMIC_DATA)
        except UnreadableError as error:
            raise Refusal(Status.WRONG_DATA) from error
        if self._state.conversation is not None:
            return compose(_DYNAMIC_DATA, self._converse(given, last=not command.cla & CHAINED))
        if self._state.chosen is None:
            raise Refusal(Status.CONDITIONS_NOT_SATISFIED)
        chosen, self._state.chosen = self._state.chosen, None
        self._agree(chosen, _value(given, _EPHEMERAL))
        return compose(_DYNAMIC_DATA)

    def _basic_access(self, challenge: bytes, data: bytes) -> bytes:
        key = self._image.mrz
        if key is None or not self._image.basic_access or not self._state.application:
            raise Refusal(Status.CONDITIONS_NOT_SATISFIED)
        answer, keys, counter = bac.authenticate(key, challenge, data, self._random)
        self._state.begin_session(keys, counter)
        self._state.identifier = key.checked_number
        return answer

    def _choose_pace(self, given: Mapping[int, bytes]) -> None:
        self._state.conversation = None
        parameters = self._offered(dotted(given.get(_MECHANISM, b"")), _number(given))
        password = self._password(given.get(_PASSWORD, b""))
        self._state.conversation = conversation(
            parameters,
            password.secret,
            self._random,
            mapping_key=self._image.mapping_key,
            authorities=self._points.names,
        )
        next(self._state.conversation)

    def _offered(self, oid: str, parameter_id: int | None) -> PaceParameters:
        """What EF.CardAccess announces is what the chip does."""
        try:
            offered, _ = usable(card_access.read(self._image.files.get("CardAccess", b"")))
        except (UnreadableError, UnsupportedProtocolError) as error:
            raise Refusal(Status.WRONG_DATA) from error
        found = [each for each in offered if each.oid == oid and parameter_id in (None, each.parameter_id)]
        if not found:
            raise Refusal(Status.WRONG_DATA if parameter_id is None else Status.REFERENCE_NOT_FOUND)
        if len(found) > 1:
            raise Refusal(Status.REFERENCE_NOT_FOUND)
        return found[0]

    def _password(self, reference: bytes) -> AccessKey:
        key = {_MRZ: self._image.mrz, _CAN: self._image.can}.get(reference)
        if key is None:
            raise Refusal(Status.REFERENCE_NOT_FOUND)
        return key

    def _converse(self, given: Tlv, *, last: bool) -> bytes:
        """A refused step ends PACE."""
        running, self._state.conversation = self._state.conversation, None
        if running is None:
            raise Refusal(Status.CONDITIONS_NOT_SATISFIED)
        try:
            answer = running.send(given)
        except StopIteration as ended:
            final: tuple[bytes, Agreed] = ended.value
            self._open(final[1])
            return final[0]
        if last:
            raise Refusal(Status.CONDITIONS_NOT_SATISFIED)
        self._state.conversation = running
        return answer

    def _open(self, agreed: Agreed) -> None:
        """After PACE. Chip authentication mapping has authenticated the terminal's key as well (clause 7.1)."""
        state, group = self._state, agreed.parameters.group
        state.begin_session(agreed.keys)
        state.identifier = group.compress(agreed.chip_key)
        if agreed.parameters.mapping is MappingKind.CHIP_AUTHENTICATION:
            state.terminal_key = group.compress(agreed.terminal_key)
            state.terminal = TerminalAuthentication(self._points)

    def _choose_agreement(self, given: Mapping[int, bytes]) -> None:
        self._need_session()
        keys, oid = self._image.agreement_keys, dotted(given.get(_MECHANISM, b""))
        self._state.chosen = chip_authentication.choose(keys, _number(given), oid)

    def _agree_at_once(self, given: Mapping[int, bytes]) -> None:
        """MSE:Set KAT, which knows 3DES alone (clause 6.2.4.1)."""
        self._need_session()
        key = chip_authentication.chosen_key(self._image.agreement_keys, _number(given))
        self._agree(chip_authentication.Chosen(key, TRIPLE_DES), given.get(_PUBLIC_KEY, b""))

    def _agree(self, chosen: chip_authentication.Chosen, public: bytes) -> None:
        self._state.begin_session(chosen.agree(public))
        self._state.terminal_key = chosen.key.group.compress(public)
        self._state.terminal = TerminalAuthentication(self._points)

    def _terminal(self) -> TerminalAuthentication:
        """Where chip authentication has bound a key of the terminal's to the session."""
        if self._state.messaging is None or self._state.terminal is None:
            raise Refusal(Status.SECURITY_NOT_SATISFIED)
        return self._state.terminal

    def _need_session(self) -> None:
        if self._state.messaging is None:
            raise Refusal(Status.SECURITY_NOT_SATISFIED)


def _objects(data: bytes) -> dict[int, bytes]:
    try:
        return {each.tag: bytes(each.value) for each in walk(data)}
    except UnreadableError as error:
        raise Refusal(Status.WRONG_DATA) from error


def _number(given: Mapping[int, bytes]) -> int | None:
    reference = given.get(_REFERENCE)
    return None if reference is None else int.from_bytes(reference, "big")


def _value(given: Tlv, tag: int) -> bytes:
    try:
        return bytes(given.need(tag).value)
    except UnreadableError as error:
        raise Refusal(Status.WRONG_DATA) from error

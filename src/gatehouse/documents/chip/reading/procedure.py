"""The order of a reading: access, the security object, the chip's proofs, then what is wanted of the rest."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

from gatehouse.documents.chip.access import AccessKey
from gatehouse.documents.chip.apdu import Transport
from gatehouse.documents.chip.channel import Channel
from gatehouse.documents.chip.errors import (
    CardRemovedError,
    CardTimeoutError,
    ChipError,
    SecureMessagingError,
    TransportError,
    UnsupportedProtocolError,
)
from gatehouse.documents.chip.pace import Mapping
from gatehouse.documents.chip.reading import proofs
from gatehouse.documents.chip.reading.authenticity import FOR_TERMINALS, Authenticity, Session
from gatehouse.documents.chip.reading.contents import Contents
from gatehouse.documents.chip.reading.files import ATR_INFO, CARD_ACCESS, CARD_SECURITY, FileName, FileReader
from gatehouse.documents.chip.reading.limits import largest_response
from gatehouse.documents.chip.reading.log import Log, Patience
from gatehouse.documents.chip.reading.model import (
    DEFAULT_POLICY,
    NO_ACCESS,
    ChipReading,
    Event,
    Progress,
    ReadingPolicy,
)
from gatehouse.documents.chip.reading.opening import Opened, Opener
from gatehouse.documents.chip.status import Status
from gatehouse.documents.pki.trust import TrustStore
from gatehouse.kernel.results import Check, Reason, Result
from gatehouse.kernel.timing import timed

_LONGEST_ATR_INFO = 128
_ENDINGS: dict[type[ChipError], str] = {
    CardRemovedError: "card_removed",
    CardTimeoutError: "card_timeout",
    TransportError: "transport_failed",
    SecureMessagingError: "session_ended",
}
#: The step of a reading that is a check's own.
_STEPS = {proofs.ACCESS: "access", proofs.CHIP: "ca", proofs.ACTIVE: "aa", proofs.TERMINAL: "ta"}
#: Status words without secure messaging by which chips refuse a length, and end the session.
_LENGTH_REFUSALS = {Status.WRONG_LENGTH, Status.WRONG_PARAMETERS, Status.LENGTH_INCONSISTENT_WITH_PARAMETERS}


def read_chip(
    transport: Transport,
    key: AccessKey | None,
    *,
    policy: ReadingPolicy = DEFAULT_POLICY,
    trust: TrustStore | None = None,
    observe: Callable[[Event], None] | None = None,
    progress: Callable[[Progress], None] | None = None,
    clock: Callable[[], float] = time.perf_counter,
) -> ChipReading:
    """As `attempt`, but raises the `ChipError` that ended it where no file was read."""
    reading = attempt(transport, key, policy=policy, trust=trust, observe=observe, progress=progress, clock=clock)
    if reading.stopped is not None and not reading.files:
        raise reading.stopped
    return reading


def attempt(
    transport: Transport,
    key: AccessKey | None,
    *,
    policy: ReadingPolicy = DEFAULT_POLICY,
    trust: TrustStore | None = None,
    observe: Callable[[Event], None] | None = None,
    progress: Callable[[Progress], None] | None = None,
    clock: Callable[[], float] = time.perf_counter,
) -> ChipReading:
    """Open the chip with the key, read it and let it prove itself. Raises nothing for what a chip does.

    `trust` judges who signed EF.CardSecurity; passive authentication of the rest is `judging.judge`. `observe` is told
    each event when it happens, `progress` how far the reading is after each part of a file. `clock` counts seconds.
    """
    log = Log(observe, clock)
    procedure = _Procedure(Patience(transport, policy.seconds, clock), key, policy, trust, log)
    procedure.progress = progress
    stopped: ChipError | None = None
    try:
        procedure.run()
    except ChipError as error:
        stopped = error
        kinds = (name for kind, name in _ENDINGS.items() if isinstance(error, kind))
        log.note(next(kinds, "reading_failed" if procedure.is_open else "access_failed"), error.reason)
    return procedure.reading(stopped)


class _Procedure:
    """One reading: what has been read and seen so far."""

    def __init__(
        self, transport: Transport, key: AccessKey | None, policy: ReadingPolicy, trust: TrustStore | None, log: Log
    ) -> None:
        self._transport, self._key, self._policy, self._trust, self._log = transport, key, policy, trust, log
        self._contents = Contents()
        self._authenticity = Authenticity(self._contents, policy, self._open_again)
        self._opened = Opened(NO_ACCESS)
        self._extended = policy.extended_lengths
        self._tried: set[str] = set()
        self.is_open = False
        self.progress: Callable[[Progress], None] | None = None

    def run(self) -> None:
        """Raises `ChipError` for what ends the reading."""
        session = self._open()
        try:
            self._read(session)
        except SecureMessagingError as error:
            if not (session.reader.largest_response and error.status in _LENGTH_REFUSALS):
                raise
            self._log.note("extended_refused", Reason("the chip refuses extended lengths and is read in short ones"))
            self._extended = False
            self._read(self._open())

    def reading(self, stopped: ChipError | None) -> ChipReading:
        """What there is. A check that was not made is aborted."""
        missing = Reason("was not made")
        if stopped is not None:
            missing = Reason("the reading ended before: %(cause)s", cause=stopped.reason)
        checks = (self._made(id) or Check(id, Result.ABORTED, missing) for id in proofs.CHECKS)
        return ChipReading(
            self._contents.files,
            self._opened.access,
            tuple(checks),
            tuple(self._log.events),
            self._log.timings,
            self._contents.card_files,
            stopped,
            () if stopped is not None else tuple(self._withheld()),
        )

    def _withheld(self) -> Iterator[str]:
        """Of what was wanted; fingerprints and irises are given to authorised terminals alone."""
        contents = self._contents
        for name in self._policy.files:
            if name in contents.signed and name not in contents.files and name not in FOR_TERMINALS:
                yield name

    def _made(self, id: str) -> Check | None:
        """With the time of the step in which it was made, unless it was measured by itself."""
        check = self._authenticity.checks.get(id)
        if check is None or check.duration_ms is not None:
            return check
        return check.taking(self._log.timings.get(_STEPS.get(id, "")))

    def _open_again(self) -> Session:
        self._log.note("reopened", Reason("the chip ended the session and is opened once more"))
        return self._open()

    def _open(self) -> Session:
        """A new session, from the master file on."""
        channel = Channel(self._transport)
        reader = FileReader(channel, self._policy, self._log, self._tell)
        with self._log.step("select"):
            reader.select_master_file()
            stated = reader.read_start(ATR_INFO, _LONGEST_ATR_INFO) if self._extended else b""
        with self._log.step("card_access"):
            self._read_card_file(reader, CARD_ACCESS)
        with self._log.step("access"):
            self._opened = self._access(channel, reader)
        self.is_open = True
        reader.largest_response = largest_response(stated)
        pace = self._opened.pace
        if pace is not None:
            if pace.parameters.mapping is Mapping.CHIP_AUTHENTICATION:
                with self._log.step("card_security"):
                    self._read_card_file(reader, CARD_SECURITY)
            with self._log.step("select"):
                reader.select_application()
        return Session(channel, reader, self._key, pace)

    def _access(self, channel: Channel, reader: FileReader) -> Opened:
        opener = Opener(channel, reader, self._policy, self._log.note)
        checks = self._authenticity.checks
        try:
            opened = opener.open(self._key, self._contents.offered)
        except (TransportError, SecureMessagingError):
            raise
        except ChipError as error:
            unsupported = isinstance(error, UnsupportedProtocolError)
            result = Result.NOT_SUPPORTED if unsupported else Result.FAILED
            checks[proofs.ACCESS] = Check(proofs.ACCESS, result, error.reason)
            raise
        how = Reason("by %(access)s", access=opened.access)
        if opened.access == NO_ACCESS:
            how = Reason("nothing had to be opened")
        checks[proofs.ACCESS] = Check(proofs.ACCESS, Result.SUCCESSFUL, how)
        return opened

    def _read(self, session: Session) -> None:
        contents, authenticity, checks = self._contents, self._authenticity, self._authenticity.checks
        security = contents.card_files.get(CARD_SECURITY.name)
        checks[proofs.MAPPING] = timed(lambda: proofs.mapping(session.pace, security, self._trust))
        for name in ("COM", "SOD", "DG14"):
            self._read_file(session, name)
        checks[proofs.CARD_ACCESS] = timed(
            lambda: proofs.card_access(contents.offered, contents.infos, contents.secured)
        )
        with self._log.step("ca"):
            session = authenticity.prove_chip(session)
        self._read_file(session, "DG15")
        with self._log.step("aa"):
            authenticity.prove_actively(session)
        with self._log.step("ta"):
            authenticity.prove_terminal(session)
        for name in self._policy.files:
            self._read_file(session, name)

    def _read_file(self, session: Session, name: str) -> None:
        """Once, where it is wanted and listed; a fingerprint or an iris only after the chip accepted the terminal."""
        if name in self._tried or name not in self._policy.files or not self._is_there(name):
            return
        with self._log.step(name.lower()):
            data = session.reader.read(FileName.of(name))
        self._tried.add(name)
        if data is not None:
            self._contents.files[name] = data

    def _tell(self, file: str, octets: int, size: int) -> None:
        """Of a data group: the others are small, and read before it is known which are there."""
        if self.progress is not None and file in self._policy.files:
            done = sum(name in self._contents.files for name in self._policy.files)
            wanted = sum(self._is_there(name) for name in self._policy.files)
            self.progress(Progress(file, octets, size, done, wanted))

    def _is_there(self, name: str) -> bool:
        if name in ("COM", "SOD"):
            return True
        if name in FOR_TERMINALS:
            made = self._authenticity.checks.get(proofs.TERMINAL)
            return made is not None and made.result is Result.SUCCESSFUL and self._contents.is_listed(name)
        return self._contents.is_listed(name)

    def _read_card_file(self, reader: FileReader, file: FileName) -> None:
        data = None if file.name in self._contents.card_files else reader.read(file, optional=True)
        if data is not None:
            self._contents.card_files[file.name] = data

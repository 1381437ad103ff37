"""The chip's proofs in their order, and what is said where one is not made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from gatehouse.documents.chip.access import AccessKey
from gatehouse.documents.chip.channel import Channel
from gatehouse.documents.chip.chip_authentication import Agreed, Offer, authenticate_chip, offers
from gatehouse.documents.chip.errors import ProtocolError, SecureMessagingError, StatusError, UnsupportedProtocolError
from gatehouse.documents.chip.pace import PaceSession
from gatehouse.documents.chip.reading import proofs
from gatehouse.documents.chip.reading.contents import Contents
from gatehouse.documents.chip.reading.files import CVCA, FileName, FileReader
from gatehouse.documents.chip.reading.model import ReadingPolicy
from gatehouse.kernel.errors import UnreadableError
from gatehouse.kernel.results import Check, Reason, Result

FOR_TERMINALS = ("DG3", "DG4")
_LONGEST_CVCA = 36
_NOT_ASKED_FOR = Reason("was not asked for")


@dataclass
class Session:
    """One opened chip: the way to it, its key, and how PACE went where it was that."""

    channel: Channel
    reader: FileReader
    key: AccessKey | None
    pace: PaceSession | None


@dataclass
class Authenticity:
    """`checks` by id. A chip that breaks the session in a proof is opened once more by `reopen`."""

    contents: Contents
    policy: ReadingPolicy
    reopen: Callable[[], Session]
    checks: dict[str, Check] = field(default_factory=dict)
    agreed: Agreed | None = None

    def prove_chip(self, session: Session) -> Session:
        """Chip authentication. The session to go on with."""
        infos = self.contents.infos
        found = offers(infos) if infos else ()
        if not found:
            self._not_offered(proofs.CHIP, "DG14")
        elif not self.policy.chip_authentication:
            self._say(proofs.CHIP, Result.UNDETERMINED, _NOT_ASKED_FOR)
        elif session.channel.session is None:
            reason = Reason("the chip was opened without keys, which chip authentication replaces")
            self._say(proofs.CHIP, Result.UNDETERMINED, reason)
        else:
            return self._agree(session, found[0])
        return session

    def _agree(self, session: Session, offer: Offer) -> Session:
        """The first answer under the new keys proves the chip: only the holder of the static key can give it."""
        try:
            agreed = authenticate_chip(session.channel, offer)
        except UnsupportedProtocolError as error:
            self._say(proofs.CHIP, Result.NOT_SUPPORTED, error.reason)
            return session
        except (StatusError, ProtocolError, UnreadableError) as error:
            self._say(proofs.CHIP, Result.FAILED, error.reason)
            return session
        try:
            session.reader.can_read(FileName.of("SOD"))
        except SecureMessagingError as error:
            reason = Reason("the chip does not hold the key of EF.DG14: %(cause)s", cause=error.reason)
            self._say(proofs.CHIP, Result.FAILED, reason)
            return self.reopen()
        self.agreed = agreed
        parts = {"group": agreed.group.name, "cipher": offer.suite.name}
        reason = Reason("agreed on keys for %(cipher)s with the key of EF.DG14 on %(group)s", **parts)
        self._say(proofs.CHIP, Result.SUCCESSFUL, reason)
        return session

    def prove_actively(self, session: Session) -> None:
        key = self.contents.active_key
        if key is None:
            self._not_offered(proofs.ACTIVE, "DG15")
        elif not self.policy.active_authentication:
            self._say(proofs.ACTIVE, Result.UNDETERMINED, _NOT_ASKED_FOR)
        elif self._is_proved and not self.policy.every_proof:
            reason = Reason("was not made: the chip has proved itself otherwise")
            self._say(proofs.ACTIVE, Result.UNDETERMINED, reason)
        else:
            self.checks[proofs.ACTIVE] = proofs.active_authentication(session.channel, key, self.contents.infos)

    def prove_terminal(self, session: Session) -> None:
        infos = self.contents.infos
        listed = self.contents.signed | self.contents.claimed
        closed = [name for name in FOR_TERMINALS if name in listed]
        if not listed:
            reason = Reason("neither EF.SOD nor EF.COM was read, which say whether there is anything for terminals")
            self._say(proofs.TERMINAL, Result.UNDETERMINED, reason)
            return
        if not closed or infos is None or not infos.named("id-TA"):
            reason = Reason("the chip holds nothing that only authorised terminals read")
            self._say(proofs.TERMINAL, Result.NOT_SUPPORTED, reason)
            return
        authorities = session.pace.authorities if session.pace is not None else ()
        if not authorities and self.policy.terminal is not None:
            authorities = proofs.authorities_of(session.reader.read_start(CVCA, _LONGEST_CVCA))
        self.checks[proofs.TERMINAL] = proofs.terminal_authentication(
            session.channel,
            self.policy.terminal,
            key=session.key,
            session=session.pace,
            agreed=self.agreed,
            authorities=authorities,
        )

    @property
    def _is_proved(self) -> bool:
        made = (self.checks.get(id) for id in (proofs.CHIP, proofs.MAPPING))
        return any(check is not None and check.result is Result.SUCCESSFUL for check in made)

    @property
    def _names_a_key(self) -> bool:
        """Whether EF.DG14 cannot be read, or has to do with chip authentication, and not for the mapping of PACE."""
        infos = self.contents.infos
        if infos is None:
            return True
        return bool(infos.named("id-CA-") or (infos.named("id-PK-") and not infos.named("id-PACE-ECDH-CAM")))

    def _not_offered(self, id: str, file: str) -> None:
        """A document without the file offers no such proof; one that withholds a signed file is not the one issued."""
        contents = self.contents
        if file not in self.policy.files:
            self._say(id, Result.UNDETERMINED, Reason("%(file)s was not asked for", file=file))
        elif file not in contents.files and file in contents.signed:
            reason = Reason("EF.SOD lists %(file)s, which the chip does not give", file=file)
            self._say(id, Result.FAILED, reason)
        elif file in contents.files and (id == proofs.ACTIVE or self._names_a_key):
            self._say(id, Result.NOT_SUPPORTED, Reason("%(file)s holds no key that can be used", file=file))
        else:
            self._say(id, Result.NOT_SUPPORTED, Reason("the document does not offer it"))

    def _say(self, id: str, result: Result, reason: Reason) -> None:
        self.checks[id] = Check(id, result, reason)

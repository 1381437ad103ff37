"""Access to the chip: PACE, and BAC where the policy lets it (ICAO 9303-11 clause 4.2)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from gatehouse.documents.chip.access import AccessKey, MrzKey
from gatehouse.documents.chip.bac import open_with_bac
from gatehouse.documents.chip.channel import Channel
from gatehouse.documents.chip.errors import (
    AuthenticationError,
    ChipError,
    StatusError,
    TransportError,
    UnsupportedProtocolError,
)
from gatehouse.documents.chip.pace import PaceParameters, PaceSession, open_with_pace, usable
from gatehouse.documents.chip.reading.files import FileName, FileReader
from gatehouse.documents.chip.reading.model import BASIC_ACCESS, NO_ACCESS, ReadingPolicy
from gatehouse.documents.lds.security_infos import SecurityInfos
from gatehouse.kernel.results import Reason


@dataclass(frozen=True, slots=True)
class Opened:
    """How the chip was opened; `pace` where by that."""

    access: str
    pace: PaceSession | None = None


@dataclass(frozen=True)
class Opener:
    channel: Channel
    files: FileReader
    policy: ReadingPolicy
    note: Callable[[str, Reason], None]

    def open(self, key: AccessKey | None, offered: SecurityInfos | None) -> Opened:
        """With the key, by what EF.CardAccess offers. The application is selected then, except after PACE.

        Raises `ChipError` where the chip stays closed.
        """
        if key is None:
            return self._unopened()
        found, refused = usable(offered) if offered else ((), ())
        if not found and not refused:
            self.note("no_pace", Reason("the chip offers no PACE"))
            return self._basic(key, self.policy.bac_without_pace)
        try:
            return self._pace(key, found, refused)
        except TransportError:
            raise
        except ChipError as error:
            self.note("pace_failed", error.reason)
            if not self.policy.bac_after_failed_pace or not isinstance(key, MrzKey):
                raise
            self.note("fell_to_bac", Reason("PACE failed, and the policy lets basic access control take its place"))
            self.channel.session = None
            return self._basic(key, allowed=True)

    def _unopened(self) -> Opened:
        self.files.select_application()
        if not self.files.can_read(FileName.of("COM")) and not self.files.can_read(FileName.of("DG1")):
            raise AuthenticationError("the chip is closed, and no key was given")
        return Opened(NO_ACCESS)

    def _pace(
        self, key: AccessKey, found: tuple[PaceParameters, ...], refused: tuple[UnsupportedProtocolError, ...]
    ) -> Opened:
        """By the first of the chip's ways that it goes to the end. A wrong key is wrong for all of them."""
        failure: ChipError = refused[0] if refused else UnsupportedProtocolError("the chip offers no PACE")
        for left, parameters in enumerate(found, start=1 - len(found)):
            ambiguous = sum(each.oid == parameters.oid for each in found) > 1
            try:
                session = open_with_pace(self.channel, key, parameters, ambiguous=ambiguous)
            except (AuthenticationError, TransportError):
                raise
            except ChipError as error:
                failure = error
                if left:
                    parts = {"protocol": parameters.name, "cause": error.reason}
                    self.note("pace_retried", Reason("%(protocol)s failed, another is tried: %(cause)s", **parts))
                continue
            return Opened(f"{parameters.name}/{'MRZ' if isinstance(key, MrzKey) else 'CAN'}", session)
        raise failure

    def _basic(self, key: AccessKey, allowed: bool) -> Opened:
        if not isinstance(key, MrzKey):
            raise UnsupportedProtocolError("the chip offers no PACE, which alone takes a card access number")
        if not allowed:
            raise UnsupportedProtocolError("the chip offers no PACE, and the policy forbids basic access control")
        self.files.select_application()
        try:
            open_with_bac(self.channel, key)
        except (AuthenticationError, StatusError):
            if not self.files.can_read(FileName.of("COM")):
                raise
            self.note("no_access_control", Reason("the chip can be read by anybody"))
            return Opened(NO_ACCESS)
        return Opened(BASIC_ACCESS)

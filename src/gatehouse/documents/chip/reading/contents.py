"""What the files that were read say of the chip: its security infos, its groups, its keys."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from gatehouse.documents import lds
from gatehouse.documents.lds import card_access, card_security, com, dg14, dg15
from gatehouse.documents.lds.public_keys import ChipKey
from gatehouse.documents.lds.security_infos import SecurityInfos
from gatehouse.documents.lds.sod import DocumentSecurityObject
from gatehouse.kernel.errors import GatehouseError, UnreadableError

_T = TypeVar("_T")


class Contents:
    """`files` and `card_files` by name; what cannot be read of them is as if it were not there."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.card_files: dict[str, bytes] = {}
        self._read: dict[str, object] = {}

    @property
    def offered(self) -> SecurityInfos | None:
        """Of EF.CardAccess."""
        return self._content("CardAccess", self.card_files, card_access.read)

    @property
    def secured(self) -> SecurityInfos | None:
        """Of EF.CardSecurity."""
        found = self._content("CardSecurity", self.card_files, card_security.read)
        return found.content if found else None

    @property
    def infos(self) -> SecurityInfos | None:
        """Of EF.DG14."""
        return self._content("DG14", self.files, dg14.read)

    @property
    def active_key(self) -> ChipKey | None:
        found = self._content("DG15", self.files, dg15.read)
        return found.key if found else None

    @property
    def signed(self) -> frozenset[str]:
        """The data groups that EF.SOD lists."""
        sod = self._content("SOD", self.files, DocumentSecurityObject.read)
        return frozenset(f"DG{number}" for number in sod.hashes) if sod else frozenset()

    @property
    def claimed(self) -> frozenset[str]:
        """The data groups that EF.COM lists."""
        found = self._content("COM", self.files, com.read)
        return frozenset(name for tag in (found.tags if found else ()) if (name := _name_of(tag)))

    def is_listed(self, name: str) -> bool:
        """By EF.SOD or EF.COM; where neither can be read, any may be there."""
        listed = self.signed | self.claimed
        return not listed or name in listed

    def _content(self, name: str, files: dict[str, bytes], read: Callable[[bytes], _T]) -> _T | None:
        if name not in files:
            return None
        if name not in self._read:
            try:
                self._read[name] = read(files[name])
            except GatehouseError:
                self._read[name] = None
        found: _T | None = self._read[name]  # type: ignore[assignment]
        return found


def _name_of(tag: int) -> str | None:
    try:
        return lds.file_of(tag).name
    except UnreadableError:
        return None

"""What a chip is personalised with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from gatehouse.documents.chip.access import CanKey, MrzKey


@dataclass(frozen=True)
class ChipImage:
    """The files by name ("COM", "SOD", "DG1" …, "CardAccess", "CardSecurity", "ATR/INFO", "DIR") and the secrets.

    Without `mrz` and `can` everybody may read it. `basic_access` says whether the chip still answers BAC.
    """

    files: Mapping[str, bytes] = field(repr=False)
    mrz: MrzKey | None = None
    can: CanKey | None = None
    basic_access: bool = True

    @property
    def is_open(self) -> bool:
        """Whether the chip asks for no password at all."""
        return self.mrz is None and self.can is None

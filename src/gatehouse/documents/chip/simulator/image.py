"""What a chip is personalised with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from cryptography.hazmat.primitives.asymmetric import ec, rsa

from gatehouse.documents.chip.access import CanKey, MrzKey
from gatehouse.documents.chip.groups import Group

ActiveKey: TypeAlias = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey


@dataclass(frozen=True, slots=True)
class AgreementKey:
    """A static key of chip authentication, with the number that EF.DG14 gives it, if any."""

    group: Group
    private: int = field(repr=False)
    key_id: int | None = None


@dataclass(frozen=True)
class ChipImage:
    """The files by name ("COM", "SOD", "DG1" …, "CardAccess", "CardSecurity", "ATR/INFO", "DIR") and the secrets.

    Without `mrz` and `can` everybody may read it. `basic_access` says whether the chip answers BAC; PACE it answers as
    EF.CardAccess announces, with `mapping_key` the private key of chip authentication mapping. `active_key` signs in
    active authentication, with `active_hash`; `agreement_keys` are those of chip authentication.
    """

    files: Mapping[str, bytes] = field(repr=False)
    mrz: MrzKey | None = None
    can: CanKey | None = None
    basic_access: bool = True
    mapping_key: int | None = field(default=None, repr=False)
    active_key: ActiveKey | None = field(default=None, repr=False)
    active_hash: str = "sha256"
    agreement_keys: tuple[AgreementKey, ...] = field(default=(), repr=False)

    @property
    def is_open(self) -> bool:
        """Whether the chip asks for no password at all."""
        return self.mrz is None and self.can is None

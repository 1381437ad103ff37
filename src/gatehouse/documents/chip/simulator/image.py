"""What a chip is personalised with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

from cryptography.hazmat.primitives.asymmetric import ec, rsa

from gatehouse.documents.chip.access import CanKey, MrzKey
from gatehouse.documents.chip.cv_certificates import CvCertificate
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
    `trust_points` are the authorities whose terminals may read EF.DG3 and EF.DG4, most recent first; `personalised` is
    the first date that the chip believes in.
    """

    files: Mapping[str, bytes] = field(repr=False)
    mrz: MrzKey | None = None
    can: CanKey | None = None
    basic_access: bool = True
    mapping_key: int | None = field(default=None, repr=False)
    active_key: ActiveKey | None = field(default=None, repr=False)
    active_hash: str = "sha256"
    agreement_keys: tuple[AgreementKey, ...] = field(default=(), repr=False)
    trust_points: tuple[CvCertificate, ...] = ()
    personalised: date = date(2008, 1, 1)

    @property
    def is_open(self) -> bool:
        """Whether the chip asks for no password at all."""
        return self.mrz is None and self.can is None

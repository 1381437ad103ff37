"""What the chips of a state can do, and what one of them is personalised with beside its data groups."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from cryptography.hazmat.primitives.asymmetric import ec

from gatehouse.documents.chip.groups import standardised_group
from gatehouse.documents.chip.groups.base import new_private_key
from gatehouse.documents.chip.simulator.image import AgreementKey
from gatehouse.documents.tlv import compose
from gatehouse.simulation.issuing import security_infos as infos

#: brainpoolP256r1: ICAO 9303-11 table 12.
PARAMETERS = 13
_MAPPINGS = ("GM", "IM", "CAM")
_SUITE = "AES-CBC-CMAC-256"


class ChipKind(StrEnum):
    """The value is its name for commands; what it adds to basic access control stands beside it."""

    BAC = "bac"  # nothing
    PACE_GM = "pace-gm"  # PACE with generic mapping
    PACE_IM = "pace-im"  # PACE with integrated mapping
    PACE_CAM = "pace-cam"  # PACE with chip authentication mapping, which EF.CardSecurity is signed for
    AA = "aa"  # PACE with generic mapping, and active authentication
    CA = "ca"  # PACE with generic mapping, and chip authentication
    EAC = "eac"  # PACE with generic mapping, chip and terminal authentication, and fingerprints

    @property
    def mapping(self) -> str | None:
        if self is ChipKind.BAC:
            return None
        own = self.value.removeprefix("pace-").upper()
        return own if own in _MAPPINGS else "GM"

    @property
    def agrees(self) -> bool:
        """Whether its chips have a static key of key agreement."""
        return self in (ChipKind.PACE_CAM, ChipKind.CA, ChipKind.EAC)


@dataclass(frozen=True)
class Chip:
    """One chip's own keys, and the security infos that follow from them. A kind without keys draws none."""

    kind: ChipKind
    active: ec.EllipticCurvePrivateKey | None = field(default=None, repr=False)
    agreement: AgreementKey | None = field(default=None, repr=False)

    @classmethod
    def new(cls, kind: ChipKind) -> Chip:
        group = standardised_group(PARAMETERS)
        return cls(
            kind,
            ec.generate_private_key(ec.SECP256R1()) if kind is ChipKind.AA else None,
            AgreementKey(group, new_private_key(group)) if kind.agrees else None,
        )

    @cached_property
    def card_access(self) -> bytes | None:
        """EF.CardAccess; None where the chip knows BAC alone."""
        return compose(0x31, *self._pace) if self._pace else None

    @cached_property
    def card_security(self) -> bytes | None:
        """What EF.CardSecurity is to say, to be signed; None where the chip has no such file."""
        if self.kind is not ChipKind.PACE_CAM:
            return None
        return compose(0x31, *self._pace, *self._static)

    @cached_property
    def security_infos(self) -> bytes | None:
        """What EF.DG14 is to say; None where there is nothing."""
        listed = [*self._pace, *self._static]
        if self.agreement is not None and self.kind is not ChipKind.PACE_CAM:
            listed.append(infos.chip_authentication(_SUITE))
        if self.kind is ChipKind.EAC:
            listed.append(infos.terminal_authentication())
        if self.active is not None:
            listed.append(infos.active_authentication())
        return compose(0x31, *listed) if listed else None

    @property
    def _pace(self) -> list[bytes]:
        mapping = self.kind.mapping
        return [infos.pace(mapping, _SUITE, PARAMETERS)] if mapping else []

    @property
    def _static(self) -> list[bytes]:
        key = self.agreement
        return [infos.static_key(PARAMETERS, key.group.public_key(key.private))] if key else []

"""Which PACE a chip offers: mapping, key agreement, cipher and group of each PACEInfo (ICAO 9303-11 clause 9.2.3)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from asn1crypto import core

from gatehouse.documents.chip.cipher import SUITES, CipherSuite
from gatehouse.documents.chip.errors import UnsupportedProtocolError
from gatehouse.documents.chip.groups import Group, standardised_group
from gatehouse.documents.lds.security_infos import SecurityInfo, SecurityInfos

_VERSION = 2
_PREFIX = "id-PACE-"


class Mapping(StrEnum):
    """How the nonce becomes a generator. What stands first is preferred: it authenticates the chip as well."""

    CHIP_AUTHENTICATION = "CAM"
    GENERIC = "GM"
    INTEGRATED = "IM"


@dataclass(frozen=True, slots=True)
class PaceParameters:
    """One way that a chip offers. `parameter_id` numbers its standardised domain parameters."""

    oid: str
    name: str
    mapping: Mapping
    suite: CipherSuite
    group: Group
    parameter_id: int

    @classmethod
    def read(cls, info: SecurityInfo) -> PaceParameters:
        """Raises `UnsupportedProtocolError` for another version, or parameters that are not standardised."""
        name = info.name or ""
        suite = next((each for each in SUITES if name.startswith(_PREFIX) and name.endswith(each.name)), None)
        if suite is None or info.version != _VERSION or info.parameter_id is None:
            raise UnsupportedProtocolError("PACE of the kind %(kind)s is not supported", kind=info.name or info.oid)
        agreement, mapping, *_ = name.removeprefix(_PREFIX).split("-")
        group = standardised_group(info.parameter_id)
        if (agreement == "ECDH") != (group.public_key_tag == _POINT):
            raise UnsupportedProtocolError("%(kind)s does not run in the group %(group)s", kind=name, group=group.name)
        return cls(info.oid, name.removeprefix("id-"), Mapping(mapping), suite, group, info.parameter_id)

    @property
    def identifier(self) -> bytes:
        """The contents of the protocol's object identifier."""
        contents: bytes = core.ObjectIdentifier(self.oid).contents
        return contents


_POINT = 0x86


def usable(infos: SecurityInfos) -> tuple[tuple[PaceParameters, ...], tuple[UnsupportedProtocolError, ...]]:
    """What the chip offers, best first, and why each of the rest cannot be used.

    Best is what authenticates the chip as well, then the longer key; among equals the chip's order counts.
    """
    found: list[PaceParameters] = []
    refused: list[UnsupportedProtocolError] = []
    for info in infos.named(_PREFIX):
        if info.version is None:  # a chip's own domain parameters
            continue
        try:
            found.append(PaceParameters.read(info))
        except UnsupportedProtocolError as error:
            refused.append(error)
    order = list(Mapping)
    found.sort(key=lambda each: (order.index(each.mapping), -each.suite.key_size))
    return tuple(found), tuple(refused)

"""EF.DG14: the security protocols of the chip, signed by EF.SOD (ICAO 9303-10 clause 4.7.14)."""

from __future__ import annotations

from gatehouse.documents.lds.security_infos import SecurityInfos
from gatehouse.documents.tlv import Octets, outermost


def read(data: Octets) -> SecurityInfos:
    """Raises `UnreadableError` where the file is no EF.DG14 or a part of its list is broken."""
    return SecurityInfos.read(outermost(data, 0x6E).need(0x31))

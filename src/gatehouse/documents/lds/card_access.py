"""EF.CardAccess: the PACE parameters of the chip, not signed (ICAO 9303-10 clause 3.11.3).

What it offers is compared with EF.DG14 or EF.CardSecurity, which are signed.
"""

from __future__ import annotations

from gatehouse.documents.lds.security_infos import SecurityInfos
from gatehouse.documents.tlv import Octets, outermost


def read(data: Octets) -> SecurityInfos:
    """Raises `UnreadableError` where the file is no EF.CardAccess or a part of its list is broken."""
    return SecurityInfos.read(outermost(data, 0x31))

"""EF.CardSecurity: security infos signed by the document signer (ICAO 9303-10 clause 3.11.4).

It stands in the master file and authenticates PACE with chip authentication mapping.
"""

from __future__ import annotations

from dataclasses import dataclass

from gatehouse.documents.lds.security_infos import SecurityInfos
from gatehouse.documents.pki.signed_data import SignedData
from gatehouse.documents.tlv import outermost
from gatehouse.kernel.errors import UnreadableError

#: id-SecurityObject: bsi-de applications(3) eID(2) 1.
CONTENT_TYPE = "0.4.0.127.0.7.3.2.1"


@dataclass(frozen=True)
class CardSecurity:
    """The infos, and the signed object they stand in, which passive authentication verifies."""

    signed: SignedData
    content: SecurityInfos


def read(data: bytes) -> CardSecurity:
    """Raises `UnreadableError` where the file is no EF.CardSecurity."""
    signed = SignedData.read(data)
    if signed.content_type != CONTENT_TYPE:
        raise UnreadableError("EF.CardSecurity holds a content of the type %(type)s", type=signed.content_type)
    return CardSecurity(signed, SecurityInfos.read(outermost(signed.content, 0x31)))

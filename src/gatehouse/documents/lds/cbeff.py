"""Biometric information group templates: the CBEFF frame of DG2, DG3 and DG4 (ICAO 9303-10 clauses 4.5.6, 4.7.2.1)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gatehouse.documents.tlv import Tlv
from gatehouse.kernel.errors import UnreadableError

#: ISO/IEC 19794, first edition: the record as such. ISO/IEC 39794: ASN.1 inside.
RECORD_19794 = 0x5F2E
RECORD_39794 = 0x7F2E


@dataclass(frozen=True, slots=True)
class BiometricTemplate:
    """One biometric information template: the sub-type of its header, and the record (tag 5F2E or 7F2E) unread.

    The header's dates and format codes are left alone: issuing states fill them in at will, and the record says what
    it is.
    """

    subtype: int | None
    record: Tlv


def templates(file: Tlv) -> tuple[int, Iterator[BiometricTemplate]]:
    """The number of instances that the group template states, and the templates that are there.

    Raises `UnreadableError` where there is no group template, or in the course of reading a broken one.
    """
    group = file.need(0x7F61)
    stated = group.need(0x02).number()
    return stated, (_template(child) for child in group.children() if child.tag == 0x7F60)


def _template(found: Tlv) -> BiometricTemplate:
    header = found.need(0xA1)
    record = found.find(RECORD_19794) or found.find(RECORD_39794)
    if record is None:
        raise UnreadableError("a biometric information template holds no record")
    subtype = header.find(0x82)
    return BiometricTemplate(int.from_bytes(subtype.value[:1], "big") if subtype else None, record)

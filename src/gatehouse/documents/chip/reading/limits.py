"""What a chip's EF.ATR/INFO says of the lengths it takes (ISO/IEC 7816-4 clause 12.7.1, ICAO 9303-10 clause 3.11.1)."""

from __future__ import annotations

from gatehouse.documents.tlv import Octets, walk
from gatehouse.kernel.errors import UnreadableError

#: "Extended length information": the longest command and the longest response, each as an INTEGER.
_LENGTHS, _INTEGER = 0x7F66, 0x02
_LONGEST = 65_536


def largest_response(atr_info: Octets) -> int:
    """Octets of the longest response with extended lengths; 0 where the file does not state them.

    9303-11 clause 9.3.1.2 lets a terminal read with extended lengths only where they are stated.
    """
    try:
        lengths = next((each for each in walk(atr_info) if each.tag == _LENGTHS), None)
        stated = [] if lengths is None else [each.number() for each in lengths.children() if each.tag == _INTEGER]
    except UnreadableError:
        return 0
    return max(0, min(stated[1], _LONGEST)) if len(stated) == 2 else 0

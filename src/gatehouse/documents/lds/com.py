"""EF.COM: the versions and the list of data groups that a document claims (ICAO 9303-10 clause 4.6.1).

EF.COM is not signed: what it claims about data groups is compared with EF.SOD, never trusted.
"""

from __future__ import annotations

from dataclasses import dataclass

from gatehouse.documents.lds.text import ascii_text
from gatehouse.documents.tlv import Octets, Tlv, outermost
from gatehouse.kernel.errors import UnreadableError


@dataclass(frozen=True, slots=True)
class Com:
    """`lds_version` as "1.7", `unicode_version` as "4.0.0"; None where absent. `tags` as listed, e.g. 0x61."""

    lds_version: str | None
    unicode_version: str | None
    tags: tuple[int, ...]


def read(data: Octets) -> Com:
    """Raises `UnreadableError` where the file is no EF.COM."""
    file = outermost(data, 0x60)
    tags = file.find(0x5C)
    return Com(
        lds_version=_version(file.find(0x5F01)),
        unicode_version=_version(file.find(0x5F36)),
        tags=tuple(tags.value) if tags else (),
    )


def _version(found: Tlv | None) -> str | None:
    """Two digits for each part: "0107" is 1.7."""
    if found is None:
        return None
    digits = ascii_text(found)
    if not digits.isdigit():
        raise UnreadableError("%(text)s is no version number", text=digits)
    return ".".join(str(int(digits[at : at + 2])) for at in range(0, len(digits), 2))

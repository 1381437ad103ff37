"""The logical data structure of an electronic travel document: its files and what they hold (ICAO 9303-10).

`read(which, data)` reads any file that has a reader here; EF.SOD is read by `gatehouse.documents.lds.sod`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from gatehouse.documents.lds import com, dg1, dg2, dg3, dg7, dg11, dg12, dg14, dg15
from gatehouse.documents.lds.security_infos import SecurityInfos
from gatehouse.documents.tlv import Octets
from gatehouse.kernel.errors import UnreadableError

Content: TypeAlias = com.Com | dg1.Dg1 | dg2.Dg2 | dg3.Dg3 | dg7.Dg7 | dg11.Dg11 | dg12.Dg12 | SecurityInfos | dg15.Dg15


@dataclass(frozen=True, slots=True)
class ElementaryFile:
    """A file of the LDS1 application: Table 38 of 9303-10. `number` is the data group's, None for COM and SOD."""

    name: str
    tag: int
    identifier: int
    number: int | None = None

    @property
    def short_identifier(self) -> int:
        return self.identifier & 0x1F


def _data_group(number: int, tag: int) -> ElementaryFile:
    return ElementaryFile(f"DG{number}", tag, 0x0100 + number, number)


_DATA_GROUP_TAGS = (0x61, 0x75, 0x63, 0x76, *range(0x65, 0x71))
FILES = (
    ElementaryFile("COM", 0x60, 0x011E),
    *(_data_group(number, tag) for number, tag in enumerate(_DATA_GROUP_TAGS, start=1)),
    ElementaryFile("SOD", 0x77, 0x011D),
)
_BY_KEY = {key: file for file in FILES for key in (file.name, file.tag, file.number) if key is not None}

_READERS: dict[str, Callable[[Octets], Content]] = {
    "COM": com.read,
    "DG1": dg1.read,
    "DG2": dg2.read,
    "DG3": dg3.read,
    "DG7": dg7.read,
    "DG11": dg11.read,
    "DG12": dg12.read,
    "DG14": dg14.read,
    "DG15": dg15.read,
}

#: The files that `read` reads.
READABLE = frozenset(_READERS)


def file_of(which: int | str) -> ElementaryFile:
    """The file by its name ("DG1"), its tag (0x61) or its data group number (1). Raises `UnreadableError`."""
    found = _BY_KEY.get(which)
    if found is None:
        raise UnreadableError("%(which)s is no file of a travel document", which=which)
    return found


def read(which: int | str, data: Octets) -> Content:
    """What a file holds. Raises `UnreadableError` where it is broken, is another file, or has no reader here."""
    file = file_of(which)
    reader = _READERS.get(file.name)
    if reader is None:
        raise UnreadableError("the content of %(file)s is not read", file=file.name)
    return reader(data)

"""The table of files, and the one door to their readers."""

from __future__ import annotations

import pytest

from gatehouse.documents import lds
from gatehouse.kernel.errors import UnreadableError


@pytest.mark.parametrize(
    ("name", "tag", "identifier", "short"),
    [
        ("COM", 0x60, 0x011E, 0x1E),
        ("DG1", 0x61, 0x0101, 0x01),
        ("DG2", 0x75, 0x0102, 0x02),
        ("DG3", 0x63, 0x0103, 0x03),
        ("DG4", 0x76, 0x0104, 0x04),
        ("DG5", 0x65, 0x0105, 0x05),
        ("DG11", 0x6B, 0x010B, 0x0B),
        ("DG15", 0x6F, 0x010F, 0x0F),
        ("DG16", 0x70, 0x0110, 0x10),
        ("SOD", 0x77, 0x011D, 0x1D),
    ],
)
def test_the_files_of_table_38(name: str, tag: int, identifier: int, short: int) -> None:
    file = lds.file_of(name)
    assert (file.tag, file.identifier, file.short_identifier) == (tag, identifier, short)
    assert lds.file_of(tag) is file


def test_there_are_eighteen_files() -> None:
    assert len(lds.FILES) == 18


@pytest.mark.parametrize("which", ["DG17", 0, 17, 0x62, "sod"])
def test_other_files_are_refused(which: int | str) -> None:
    with pytest.raises(UnreadableError, match="is no file of a travel document"):
        lds.file_of(which)


@pytest.mark.parametrize("which", ["DG8", "DG16"])
def test_a_file_without_a_reader_is_refused(which: str) -> None:
    with pytest.raises(UnreadableError, match=f"^the content of {which} is not read$"):
        lds.read(which, b"\x68\x00")

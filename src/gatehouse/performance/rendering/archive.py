"""Zip archives whose bytes depend on what is in them alone."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

#: The first day that a zip archive can name: no file says when it was packed.
_DAY = (1980, 1, 1, 0, 0, 0)


def packed(files: Mapping[str, bytes], *, stored: tuple[str, ...] = ()) -> bytes:
    """The files in the order given, compressed but for those `stored` as they are."""
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        for name, data in files.items():
            info = ZipInfo(name, _DAY)
            info.external_attr = 0o644 << 16
            info.create_system = 3
            archive.writestr(info, data, ZIP_STORED if name in stored else ZIP_DEFLATED, 9)
    return out.getvalue()


def unpacked(data: bytes) -> dict[str, bytes]:
    """The files of an archive in their order."""
    with ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist() if not name.endswith("/")}

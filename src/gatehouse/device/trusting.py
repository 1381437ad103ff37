"""Whom a desk trusts to sign documents: the lists in use, read from their files, at the centre and away from it."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Iterable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from gatehouse.documents.pki.certificates import Certificate
from gatehouse.documents.pki.crl import Crl
from gatehouse.documents.pki.trust import TrustStore


class Trusted(NamedTuple):
    anchors: TrustStore
    crls: tuple[Crl, ...]


def trusted_of(paths: Iterable[Path], *, pinned: Iterable[Certificate] = ()) -> Trusted:
    """What these files say; empty where there are none. Raises `UnreadableError` as `TrustStore.load`."""
    paths = list(paths)
    lists = [path for path in paths if path.suffix == ".crl"]
    others = [path for path in paths if path.suffix != ".crl"]
    anchors = TrustStore.load(others, pinned=pinned) if others else TrustStore(())
    return Trusted(anchors, tuple(crl for path in lists for crl in Crl.read_file(path.read_bytes())))


def trusted_from(files: Mapping[str, str], *, pinned: Iterable[str] = ()) -> Trusted:
    """The same from a bundle: files in base64 by their names, and pinned certificates. Raises as `trusted_of`."""
    with TemporaryDirectory() as folder:  # readable by this program's user alone
        for name, data in files.items():
            Path(folder, Path(name).name).write_bytes(b64decode(data))
        certificates = [Certificate.read(b64decode(each)) for each in pinned]
        return trusted_of(sorted(Path(folder).iterdir()), pinned=certificates)

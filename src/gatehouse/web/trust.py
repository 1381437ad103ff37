"""Whom this installation trusts to sign documents: what lies in the folder `trust` of its state."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from gatehouse.documents.pki.crl import Crl
from gatehouse.documents.pki.store import ListStore
from gatehouse.documents.pki.trust import TrustStore
from gatehouse.platform.config import config


class Trusted(NamedTuple):
    anchors: TrustStore
    crls: tuple[Crl, ...]


def list_store() -> ListStore:
    """The versions of the lists that were imported here."""
    return ListStore(config().state_dir / "trust")


def trusted() -> Trusted:
    """The versions in use of the lists that were imported, and what else lies in the folder; read again on a change.

    Empty where there is no folder. Raises `UnreadableError` for a file that is none of these, for a list that is not
    the one that was imported, and where the folder holds other files without one authority among them.
    """
    folder = list_store().folder
    found = folder.rglob("*") if folder.is_dir() else ()
    # One that is being written has another name until it is whole.
    files = sorted(path for path in found if path.suffix != ".new" and path.is_file())
    return _read(folder, tuple((path, path.stat().st_mtime_ns) for path in files))


@lru_cache(maxsize=1)
def _read(folder: Path, files: tuple[tuple[Path, int], ...]) -> Trusted:
    store = ListStore(folder)
    paths = store.in_use()
    if not paths:
        return Trusted(TrustStore(()), ())
    lists = [path for path in paths if path.suffix == ".crl"]
    others = [path for path in paths if path.suffix != ".crl"]
    anchors = TrustStore.load(others, pinned=store.pinned()) if others else TrustStore(())
    return Trusted(anchors, tuple(crl for path in lists for crl in Crl.read_file(path.read_bytes())))

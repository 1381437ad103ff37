"""Whom this installation trusts to sign documents: what lies in the folder `trust` of its state."""

from __future__ import annotations

from base64 import b64encode
from functools import lru_cache
from pathlib import Path

from gatehouse.device.trusting import Trusted, trusted_of
from gatehouse.documents.pki.store import ListStore
from gatehouse.platform.config import config


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
    return trusted_of(store.in_use(), pinned=store.pinned())


def trust_files() -> tuple[dict[str, str], tuple[str, ...]]:
    """The files in use as a bundle carries them, and the pinned certificates, in base64. Raises as `trusted`."""
    trusted()  # a file that cannot be used here is not sent elsewhere
    store = list_store()
    files = {path.name: b64encode(path.read_bytes()).decode() for path in store.in_use()}
    return files, tuple(b64encode(each.der).decode() for each in store.pinned())

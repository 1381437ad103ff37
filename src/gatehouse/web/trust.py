"""Whom this installation trusts to sign documents: what lies in the folder `trust` of its state."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from gatehouse.documents.pki.crl import Crl
from gatehouse.documents.pki.trust import TrustStore
from gatehouse.platform.config import config


class Trusted(NamedTuple):
    anchors: TrustStore
    crls: tuple[Crl, ...]


def trusted() -> Trusted:
    """Master lists and certificates of the folder, and its revocation lists (.crl); read again when a file changes.

    Empty where there is no folder. Raises `UnreadableError` for a revocation list that is none, and where the folder
    holds other files without one authority among them.
    """
    folder = config().state_dir / "trust"
    files = sorted(path for path in folder.rglob("*") if path.is_file()) if folder.is_dir() else []
    return _read(tuple((path, path.stat().st_mtime_ns) for path in files))


@lru_cache(maxsize=1)
def _read(files: tuple[tuple[Path, int], ...]) -> Trusted:
    lists = [path for path, _ in files if path.suffix == ".crl"]
    others = [path for path, _ in files if path.suffix != ".crl"]
    anchors = TrustStore.load(others) if others else TrustStore(())
    return Trusted(anchors, tuple(crl for path in lists for crl in Crl.read_file(path.read_bytes())))

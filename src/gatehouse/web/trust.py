"""The certificate authorities that this installation trusts: the files in the folder `trust` of its state."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from gatehouse.documents.pki.trust import TrustStore
from gatehouse.platform.config import config


def trust_store() -> TrustStore:
    """Master lists and certificates of the folder; read again when a file there changes. Empty where there is none.

    Raises `UnreadableError` where the folder holds files, and no authority is among them.
    """
    folder = config().state_dir / "trust"
    files = sorted(path for path in folder.rglob("*") if path.is_file()) if folder.is_dir() else []
    return _load(tuple((path, path.stat().st_mtime_ns) for path in files))


@lru_cache(maxsize=1)
def _load(files: tuple[tuple[Path, int], ...]) -> TrustStore:
    return TrustStore.load([path for path, _ in files]) if files else TrustStore(())

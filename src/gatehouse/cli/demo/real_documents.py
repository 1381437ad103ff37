"""Authenticating the real document security objects of the conformance data, where it is present."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from gatehouse.documents.passive import authenticate
from gatehouse.documents.pki.trust import TrustStore


@dataclass(frozen=True, slots=True)
class RealDocument:
    name: str
    #: Country of the signer's certificate; empty where none was found.
    signer: str
    result: str
    #: Why, where it is not successful.
    reason: str


def conformance_dir() -> Path | None:
    """`CONFORMANCE_DIR`, or the folder beside the project; None where it is not there."""
    folder = Path(os.environ.get("CONFORMANCE_DIR") or "../shared/conformance")
    return folder if (folder / "documents" / "sods").is_dir() else None


def real_documents(folder: Path, *, on: date) -> list[RealDocument]:
    """Each real EF.SOD of the data against its master lists. Raises `UnreadableError` for one that cannot be read."""
    trust = TrustStore.load([folder / "documents" / "master-lists"])
    sods = sorted((folder / "documents" / "sods").glob("*.bin"))
    return [_authenticated(path, trust, on) for path in sods]


def _authenticated(path: Path, trust: TrustStore, on: date) -> RealDocument:
    verdict = authenticate(path.read_bytes(), data_groups={}, trust=trust, on=on)
    wrong = (str(check.reason) for check in verdict.checks if check.result.value == verdict.result.value)
    country = verdict.signer.country if verdict.signer else None
    successful = verdict.result.value == "successful"
    return RealDocument(path.stem, country or "", verdict.result.value, "" if successful else next(wrong, ""))

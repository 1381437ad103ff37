"""Which version of what a verdict rests on: lists, certificates and policies, each by its digest, name and date."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """What a version is of."""

    MASTER_LIST = "master list"
    PKD_EXPORT = "PKD export"
    CERTIFICATE = "certificate"
    REVOCATION_LIST = "revocation list"
    DEFECT_LIST = "defect list"
    DEVIATION_LIST = "deviation list"
    ALGORITHM_POLICY = "algorithm policy"
    SEAL_POLICY = "seal policy"


@dataclass(frozen=True, slots=True)
class Source:
    """One version: `sha256` of its bytes; `issued` is the day it says it was issued on, None where it says none."""

    kind: Kind
    name: str
    issued: date | None
    sha256: str

    @classmethod
    def of(cls, kind: Kind, name: str, issued: date | None, data: bytes) -> Source:
        return cls(kind, name, issued, hashlib.sha256(data).hexdigest())

    def as_dict(self) -> dict[str, Any]:
        """Plain data: `{"kind", "name", "date", "sha256"}`, the date as YYYY-MM-DD or null."""
        issued = self.issued.isoformat() if self.issued else None
        return {"kind": self.kind.value, "name": self.name, "date": issued, "sha256": self.sha256}

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Source:
        issued = date.fromisoformat(data["date"]) if data["date"] else None
        return cls(Kind(data["kind"]), data["name"], issued, data["sha256"])

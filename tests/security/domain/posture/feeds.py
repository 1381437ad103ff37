"""Advisories that tests make up, in OSV's shape."""

from __future__ import annotations

import json
from typing import Any

from gatehouse.security.domain.posture.advisories import Advisory, FeedVersion, read_advisories

MODIFIED = "2026-11-20T00:00:00Z"


def advisory(identifier: str, package: tuple[str, str], *events: dict[str, str], **facts: Any) -> dict[str, Any]:
    """`package` is its ecosystem and name; `events` make up one range of the ecosystem's versions."""
    kind = facts.pop("type", "ECOSYSTEM")
    affected: dict[str, Any] = {"package": dict(zip(("ecosystem", "name"), package, strict=True))}
    if events:
        affected["ranges"] = [{"type": kind, "events": list(events)}]
    if "versions" in facts:
        affected["versions"] = facts.pop("versions")
    return {"id": identifier, "modified": MODIFIED, "affected": [affected], **facts}


def feed(*entries: dict[str, Any]) -> tuple[list[Advisory], FeedVersion]:
    return read_advisories((f"{each['id']}.json", json.dumps(each).encode()) for each in entries)

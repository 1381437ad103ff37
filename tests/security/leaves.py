"""Lines of the house's log as it writes them, with their payloads beside the leaves."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from gatehouse.audit.domain import commitment, leaf_text, payload_text
from gatehouse.audit.log_file import hashed_entries, write_lines
from gatehouse.kernel.ids import new_id

BEGIN = datetime(2026, 11, 26, 3, tzinfo=UTC)
SALT = bytes(32)


def leaf(
    action: str,
    *,
    minute: float = 0,
    actor: str = "user:chen",
    subject: str | None = None,
    purpose: str | None = None,
    case: str | None = None,
    site: str | None = "TPE",
    **detail: Any,
) -> bytes:
    """A line of `audit export`, with the payload beside the leaf."""
    payload = payload_text(actor=actor, subject=subject, case=case, detail=detail)
    at = BEGIN + timedelta(minutes=minute)
    body = leaf_text(
        id=new_id(at), at=at, action=action, purpose=purpose, site=site, commitment=commitment(SALT, payload)
    )
    (line,) = write_lines(hashed_entries([body.encode()]))
    return json.dumps({**json.loads(line), "payload": json.loads(payload)}).encode()


def look(subject: str, *, purpose: str = "case", **more: Any) -> bytes:
    return leaf("person.look", subject=subject, purpose=purpose, **more)

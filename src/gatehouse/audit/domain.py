"""What a leaf says, and what it only commits to.

The tree never forgets, so it holds nothing of a person: a leaf is an envelope (what kind of act, when, for what
purpose, at which site) and a salted commitment to the rest, which lies beside the tree and can be erased.
"""

from __future__ import annotations

import hmac
import json
import re
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from gatehouse.kernel.errors import ForbiddenError, RefusedError
from gatehouse.platform.actors import Actor
from gatehouse.platform.permissions import Purpose

#: A leaf that waits longer for its place in the tree is an alarm.
SEQUENCED_WITHIN = timedelta(seconds=10)
#: The action of a look at a person's record.
LOOK = "person.look"
SALT_BYTES = 32

_ACTOR = re.compile(r"(user|device|system):\S+")
_ACTION = re.compile(r"[a-z_]+(\.[a-z_]+)+")


#: In the lane the traveller stands there; elsewhere a case or a reason in words says why it is this person.
WITHOUT_CASE = frozenset({Purpose.BORDER_CHECK, Purpose.SECOND_LINE_CHECK})


def purpose_of(purpose: str | None, *, reader: Actor, case: str | None, reason: str | None) -> Purpose:
    """The purpose of a look. Raises `RefusedError` where none is given, or nothing says why it is this person, and
    `ForbiddenError` where it is not among the purposes of this reader.
    """
    if purpose not in set(Purpose):
        raise RefusedError("a look at a person's record needs a purpose, and %(given)s is none", given=repr(purpose))
    found = Purpose(purpose)
    if found not in reader.purposes:
        raise ForbiddenError(
            "%(actor)s may not look at a person for the purpose %(purpose)s", actor=str(reader), purpose=found.value
        )
    if found not in WITHOUT_CASE and not ((case or "").strip() or (reason or "").strip()):
        raise RefusedError("a look for the purpose %(purpose)s needs a case or a reason", purpose=found.value)
    return found


def canonical(data: dict[str, Any]) -> str:
    """JSON in one form only: sorted keys, no spaces, no line ends."""
    return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def commitment(salt: bytes, payload: str) -> str:
    """HMAC-SHA-256 of the payload under its salt, in hex: without the salt it says nothing of the payload."""
    return hmac.digest(salt, payload.encode(), "sha256").hex()


def payload_text(*, actor: str, subject: str | None, case: str | None, detail: dict[str, Any]) -> str:
    """What a leaf commits to, as it is stored beside the tree."""
    if not _ACTOR.fullmatch(actor):
        raise ValueError("an actor is user:…, device:… or system:…", actor)
    return canonical({"actor": actor, "subject": subject, "case": case, "detail": detail})


def leaf_text(
    *,
    id: UUID,
    at: datetime,
    action: str,
    purpose: str | None,
    site: str | None,
    commitment: str,
    training: bool = False,
) -> str:
    """The leaf itself, as its bytes stand in the tree. One of a training says so."""
    if not _ACTION.fullmatch(action):
        raise ValueError("an action is named room.verb", action)
    return canonical(
        {
            "v": 1,
            "id": str(id),
            "time": at.astimezone(UTC).isoformat(timespec="microseconds"),
            "action": action,
            "purpose": purpose,
            "site": site,
            "commitment": commitment,
            **({"mode": "training"} if training else {}),
        }
    )

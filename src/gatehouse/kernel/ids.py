"""Identifiers made in the program: UUID version 7 (RFC 9562 clause 5.7), which sort by the time they were made."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from uuid_utils import compat


def new_id(at: datetime | None = None) -> UUID:
    """A new UUIDv7; `at` (aware) sets its millisecond timestamp, the present one otherwise."""
    if at is None:
        return compat.uuid7()
    seconds = int(at.timestamp())
    return compat.uuid7(timestamp=seconds, nanos=at.microsecond * 1000)

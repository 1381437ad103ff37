"""Identifiers made in the program: UUID version 7 (RFC 9562 clause 5.7), which sort by the time they were made."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import uuid_utils


def new_id(at: datetime | None = None) -> UUID:
    """A new UUIDv7; `at` (aware) sets its millisecond timestamp, the present one otherwise."""
    nanoseconds = None if at is None else int(at.timestamp()) * 10**9 + at.microsecond * 1000
    return UUID(int=uuid_utils.uuid7(nanoseconds=nanoseconds).int)

"""Reading with asn1crypto, which parses when a value is asked for and then raises what comes: one error instead."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from gatehouse.kernel.errors import UnreadableError

_MALFORMED = (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError, RecursionError)


@contextmanager
def reading(what: str) -> Iterator[None]:
    """Turns whatever malformed ASN.1 raises within into an `UnreadableError` that names what was read."""
    try:
        yield
    except _MALFORMED as error:
        cause = " ".join(str(error).split())[:120] or type(error).__name__
        raise UnreadableError("%(what)s cannot be read: %(cause)s", what=what, cause=cause) from error


def moment(value: Any) -> datetime:
    """A Time as asn1crypto gives it, aware; one without a zone is taken for UTC. Raises `ValueError` for year 0."""
    if not isinstance(value, datetime):
        raise ValueError("not a time")
    return value if value.tzinfo else value.replace(tzinfo=UTC)

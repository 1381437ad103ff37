"""What of a crossing can be put right."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from gatehouse.border.domain.words import Capacity, Direction
from gatehouse.kernel.errors import RefusedError

#: A correction says again what is right of these; who passed and by whom it was recorded stays.
CORRECTABLE: Mapping[str, type[StrEnum] | None] = {
    "port": None,
    "lane": None,
    "direction": Direction,
    "capacity": Capacity,
    "conveyance": None,
    "crossed_at": None,
    "last_permitted_day": None,
    "document_type": None,
    "document_issuer": None,
    "document_number": None,
    "nationality": None,
    "void": None,
}


def corrected(record: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """The record with its changes. Raises `RefusedError` where nothing changes, or something that may not."""
    unknown = sorted(set(changes) - set(CORRECTABLE))
    if unknown:
        raise RefusedError("%(names)s of a crossing cannot be corrected", names=", ".join(unknown))
    read = {name: _read(CORRECTABLE[name], value) for name, value in changes.items()}
    if all(record[name] == value for name, value in read.items()):
        raise RefusedError("a correction changes something")
    return {**record, **read}


def _read(vocabulary: type[StrEnum] | None, value: Any) -> Any:
    if vocabulary is None:
        return value
    try:
        return vocabulary(value).value
    except ValueError as error:
        raise RefusedError("%(value)s is none of %(known)s", value=value, known=", ".join(vocabulary)) from error

"""The classes, severities and common fields of OCSF 1.x that events of this house, its hosts and networks are given."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import IntEnum
from typing import Any

Fields = dict[str, Any]


class EventClass(IntEnum):
    """OCSF class_uid. The category is its thousands."""

    BASE = 0
    DETECTION_FINDING = 2004
    AUTHENTICATION = 3002
    NETWORK_ACTIVITY = 4001
    HTTP_ACTIVITY = 4002
    DNS_ACTIVITY = 4003
    API_ACTIVITY = 6003


class Severity(IntEnum):
    """OCSF severity_id."""

    UNKNOWN = 0
    INFORMATIONAL = 1
    LOW = 2
    MEDIUM = 3
    HIGH = 4
    CRITICAL = 5
    FATAL = 6


def classed(class_: EventClass, severity: Severity, at: datetime | None, *, activity: int = 0) -> Fields:
    """OCSF's own fields; `type_uid` is class and activity in one number."""
    fields: Fields = {
        "class_uid": int(class_),
        "category_uid": class_ // 1000,
        "activity_id": activity,
        "type_uid": class_ * 100 + activity,
        "severity_id": int(severity),
    }
    return fields if at is None else {**fields, "time": at.astimezone(UTC).isoformat()}

"""What other rooms may import of alerts that are kept; `api` is detection alone, which needs no store."""

from gatehouse.security.availability import platform_beat, platform_require
from gatehouse.security.domain.triage import CLOSED, Finding
from gatehouse.security.selectors import LEVELS, AlertView, FoundView, alert, alerts_of, watched_at
from gatehouse.security.services import Watched, alert_find, watch_once

__all__ = [
    "CLOSED",
    "LEVELS",
    "AlertView",
    "Finding",
    "FoundView",
    "Watched",
    "alert",
    "alert_find",
    "alerts_of",
    "platform_beat",
    "platform_require",
    "watch_once",
    "watched_at",
]

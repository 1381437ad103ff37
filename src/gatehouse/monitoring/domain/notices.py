"""On which occasions somebody is told of an incident, and when a notice that did not arrive is sent again."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum


class Occasion(StrEnum):
    OPENED = "opened"
    #: Nobody took care of it for so long.
    UNACKNOWLEDGED = "unacknowledged"
    #: Told to those alone who were told of it before.
    RESOLVED = "resolved"


class Channel(StrEnum):
    LOG = "log"
    MAIL = "mail"
    #: HTTP, with the body of an Alertmanager webhook.
    WEBHOOK = "webhook"


#: Tried again after half a minute, and twice as long each time, up to an hour; given up after a day.
_FIRST, LONGEST_WAIT, GIVEN_UP = timedelta(seconds=30), timedelta(hours=1), timedelta(days=1)


def next_try(due_at: datetime, tries: int, last_at: datetime | None) -> datetime | None:
    """When a notice is to be tried: at once, later, or (None) not any more."""
    if last_at is None:
        return due_at
    again = last_at + min(LONGEST_WAIT, _FIRST * 2 ** min(tries - 1, 20))
    return again if again <= due_at + GIVEN_UP else None

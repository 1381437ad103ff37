"""Where the next traveller's document comes from."""

from __future__ import annotations

from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from gatehouse.border.api import DocumentReading
from gatehouse.web.shift.session import Shift


class Reader(Protocol):
    """A source of documents: a desk's reader, or the queue of the demo."""

    def next(self, shift: Shift) -> DocumentReading | None:
        """The next document at this post, or None where nobody waits."""
        ...


def reader() -> Reader | None:
    """The reader that the settings name (`DOCUMENT_READER`, a dotted path); None where there is none."""
    if not settings.DOCUMENT_READER:
        return None
    found: Reader = import_string(settings.DOCUMENT_READER)()
    return found

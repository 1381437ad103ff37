"""Taking a report in: it is held in memory until it was answered, and is written nowhere."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadhandler import MemoryFileUploadHandler

MOST_BYTES = 16 << 20


class ReportUploadHandler(MemoryFileUploadHandler):
    """As Django's own, with room for a report. What is larger is dropped as it comes in, so that the form misses it."""

    def handle_raw_input(
        self,
        input_data: Any,
        META: dict[str, str],  # noqa: N803 (as Django calls it)
        content_length: int,
        boundary: str,
        encoding: str | None = None,
    ) -> None:
        self.activated = content_length <= MOST_BYTES

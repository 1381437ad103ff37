"""The report that the agency published for the reference year, line by line as it was printed."""

from __future__ import annotations

from tests.conformance import published_report

SOURCE = published_report().read_text(encoding="utf-8")

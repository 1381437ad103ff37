"""What other rooms may import."""

from gatehouse.performance.domain.book import Book, Entry, RecordLine
from gatehouse.performance.domain.report import Report, State
from gatehouse.performance.rendering import MEDIA_TYPES, Format
from gatehouse.performance.selectors.book import book_of
from gatehouse.performance.selectors.rendering import report_file
from gatehouse.performance.selectors.reports import edition_of, narrative_of, report_of
from gatehouse.performance.services.editions import edition_publish, narrative_write, published_value_record

__all__ = [
    "MEDIA_TYPES",
    "Book",
    "Entry",
    "Format",
    "RecordLine",
    "Report",
    "State",
    "book_of",
    "edition_of",
    "edition_publish",
    "narrative_of",
    "narrative_write",
    "published_value_record",
    "report_file",
    "report_of",
]

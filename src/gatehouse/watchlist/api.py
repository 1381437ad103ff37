"""What other rooms may import."""

from gatehouse.watchlist.domain import Hit, ListKind, ListType, Matched, Review, Subject
from gatehouse.watchlist.selectors import entries_between, hits_of, list_types
from gatehouse.watchlist.services import entry_add, hit_review, subject_screen

__all__ = [
    "Hit",
    "ListKind",
    "ListType",
    "Matched",
    "Review",
    "Subject",
    "entries_between",
    "entry_add",
    "hit_review",
    "hits_of",
    "list_types",
    "subject_screen",
]

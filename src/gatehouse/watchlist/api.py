"""What other rooms may import."""

from gatehouse.watchlist.domain import Hit, ListKind, Matched, Review, Subject
from gatehouse.watchlist.selectors import hits_of
from gatehouse.watchlist.services import entry_add, hit_review, subject_screen

__all__ = [
    "Hit",
    "ListKind",
    "Matched",
    "Review",
    "Subject",
    "entry_add",
    "hit_review",
    "hits_of",
    "subject_screen",
]

"""Who waits for whom: those who record share the records, and who publishes has them alone."""

from __future__ import annotations

from gatehouse.platform.database import lock_for_transaction, share_for_transaction

_RECORDS = "performance.records"


def lock_to_record(name: str) -> None:
    """Let one transaction at a time record what is named, and none while an edition is made."""
    share_for_transaction(_RECORDS)
    lock_for_transaction(f"performance.{name}")


def lock_to_publish() -> None:
    """Make an edition of the room's records as they stand: whoever records something waits until it is published."""
    lock_for_transaction(_RECORDS)

"""Beginning a training anew: everything in its database goes, and nothing in any other."""

from __future__ import annotations

import shutil

from django.db import connection, transaction

from gatehouse.kernel.errors import RefusedError
from gatehouse.platform.config import Mode, config

#: What a training keeps beside the database, in its state folder: its log's keys and checkpoints, trust, who waits.
_REMOVED = ("audit-key.pem", "audit-checkpoints", "bundle-key.pem", "trust", "training")
#: The folder of the scenario that was loaded last.
KEPT = "training"


def require_training() -> None:
    """Raises `RefusedError` in every other mode."""
    if config().mode is not Mode.TRAINING:
        raise RefusedError("this is for a training: set GATEHOUSE_MODE=training")


def training_reset() -> None:
    """Drop all tables of a training. Raises `RefusedError` where the mode or the mark is another; nothing is gone then.

    The mark is read in the transaction that drops, so that no other database can come between.
    """
    require_training()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT mode FROM gatehouse_mark")
        if cursor.fetchall() != [(Mode.TRAINING.value,)]:
            raise RefusedError("the database is not marked as a training: nothing was deleted")
        cursor.execute("SELECT quote_ident(current_schema())")
        (schema,) = cursor.fetchone()
        cursor.execute(f"DROP SCHEMA {schema} CASCADE")
        cursor.execute(f"CREATE SCHEMA {schema}")
    connection.close()  # what was prepared on it is of tables that are gone
    for name in _REMOVED:
        kept = config().state_dir / name
        if kept.is_dir():
            shutil.rmtree(kept)
        else:
            kept.unlink(missing_ok=True)

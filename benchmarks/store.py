"""A database of its own for what is measured, on the server of the settings, thrown away afterwards.

Without `DATABASE_URL` it is the embedded server, durable as in the demo, in a state folder of the benchmarks' own.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory


@contextmanager
def measured_store() -> Iterator[None]:
    """Django ready to use, on an empty database with all tables."""
    os.environ["GATEHOUSE_MODE"] = "demo"
    os.environ["GATEHOUSE_STATE"] = str(Path(__file__).resolve().parents[1] / ".state" / "bench")
    from gatehouse.cli.store import open_store

    with open_store(), TemporaryDirectory() as checkpoints:
        from django.db import connection

        from gatehouse.platform.config import config

        config().audit_checkpoint_dir = Path(checkpoints)  # they go with the database that they vouch for
        name = connection.settings_dict["NAME"]
        connection.creation.create_test_db(verbosity=0, autoclobber=True)
        try:
            yield
        finally:
            connection.creation.destroy_test_db(name, verbosity=0)

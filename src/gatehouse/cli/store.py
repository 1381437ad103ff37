"""Opening the store for a command: Django's settings, the database, and in demo the embedded server and its tables."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from gatehouse import platform
from gatehouse.kernel.errors import UnreadableError
from gatehouse.platform.config import Mode, config


@contextmanager
def open_store(*, migrating: bool = False) -> Iterator[None]:
    """Everything a command needs to read and write records, for the time of a block.

    In demo and test the embedded server is started unless it runs, and the tables are brought up to date. In production
    both are the operator's: `gatehouse migrate`. With `migrating` the tables are left as they are. Raises
    `UnreadableError` where the database cannot be reached, and in production where its tables are not this program's.
    """
    from django.db import OperationalError
    from django.utils import translation

    with ExitStack() as stack:
        if config().database_url is None:
            from gatehouse.platform import postgres

            url = stack.enter_context(postgres.running(config().state_dir))
            os.environ["DATABASE_URL"] = url  # for the processes that this one starts
            stack.callback(os.environ.pop, "DATABASE_URL")
        platform.setup()
        translation.activate("en")  # the language of the command line
        try:
            if migrating:
                pass
            elif config().mode is not Mode.PRODUCTION:
                migrate()
            elif missing():
                raise UnreadableError("the tables of the database are not up to date: run gatehouse migrate first")
            yield
        except OperationalError as error:
            raise UnreadableError("the database: %(cause)s", cause=str(error)) from error


def missing() -> list[str]:
    """The migrations that the database has not had yet, as `room.name`, in their order."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def migrate() -> None:
    """Bring the tables of the database up to date."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)

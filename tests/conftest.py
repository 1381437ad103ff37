from __future__ import annotations

import os
from contextlib import ExitStack
from pathlib import Path

import pytest
from django.db import connection
from hypothesis import HealthCheck, settings
from pytest_django import DjangoDbBlocker

from gatehouse.platform import postgres
from gatehouse.platform.config import config
from tests.conformance import USED

_servers = ExitStack()

# How long one example takes says more of what else the machine does than of the code; benchmarks measure that.
settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")


def pytest_configure(config: pytest.Config) -> None:
    """Start the embedded server once, in the process that starts the workers."""
    if not os.environ.get("PYTEST_XDIST_WORKER") and not _config().database_url:
        _servers.enter_context(postgres.running(_config().state_dir, durable=False))


def pytest_unconfigure(config: pytest.Config) -> None:
    _servers.close()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_makereport(item: pytest.Item) -> None:
    """Tell in the test's result which conformance data it read: the system test report shows it."""
    item.user_properties += [("conformance", path) for path in sorted(USED)]
    USED.clear()


_config = config


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """Let a test that commits clean up after itself: insert-only tables refuse TRUNCATE everywhere else."""
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE tgname LIKE '%\\_no\\_truncate'")
        for table, trigger in cursor.fetchall():
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {trigger}")


@pytest.fixture(autouse=True)
def _audit_kept_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test keeps its checkpoints in a place of its own: its database is forgotten, and so must they be."""
    monkeypatch.setattr(_config(), "audit_checkpoint_dir", tmp_path / "audit-checkpoints")

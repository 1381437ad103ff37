"""What a command of production says of a database that is not ready for it."""

from __future__ import annotations

import pytest
from django.db.migrations.recorder import MigrationRecorder

from gatehouse import platform
from gatehouse.cli import store
from gatehouse.kernel.errors import UnreadableError
from gatehouse.platform.config import Config, Mode
from tests.cli.running import run

pytestmark = pytest.mark.django_db


@pytest.fixture
def production(monkeypatch: pytest.MonkeyPatch) -> None:
    config = Config.model_construct(mode=Mode.PRODUCTION, database_url="postgresql://db.example/gatehouse")
    monkeypatch.setattr(store, "config", lambda: config)
    monkeypatch.setattr(platform, "setup", lambda: None)  # the tests have done that


def test_production_asks_for_tables_that_are_up_to_date(production: None) -> None:
    with store.open_store():
        pass
    MigrationRecorder.Migration.objects.filter(app="audit").delete()
    with pytest.raises(UnreadableError, match="not up to date: run gatehouse migrate first"), store.open_store():
        pass
    with store.open_store(migrating=True):
        pass


def test_migrate_says_what_is_missing_and_changes_nothing(production: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "migrate", "--check") == (0, "The tables are up to date.\n", "")
    [last] = MigrationRecorder.Migration.objects.filter(app="audit").order_by("-name")[:1]
    name = last.name
    last.delete()
    expected = f"Missing in the database, in this order:\n  audit.{name}\n"
    assert run(capsys, "migrate", "--check") == (1, expected, "")
    assert run(capsys, "migrate", "--check") == (1, expected, "")

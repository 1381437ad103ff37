"""A training can never write to another ledger, nor anything else to a training's: every wrong pair, by every way."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import dj_database_url
import psycopg
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.db.utils import ConnectionHandler
from pydantic import ValidationError
from pytest_django import DjangoDbBlocker
from tests.platform.test_config import PRODUCTION

from gatehouse.kernel.errors import RefusedError
from gatehouse.platform import mark, postgres
from gatehouse.platform.config import Config, Mode, config

SERVER = Path(os.environ["GATEHOUSE_STATE"]).absolute()
MARKED = ("training", "production", "demo")
#: A mark and a mode that do not go together.
WRONG = [
    (marked, mode) for marked in MARKED for mode in Mode if mode != marked and (marked, mode) != ("demo", Mode.TEST)
]


def server() -> str:
    return os.environ.get("DATABASE_URL") or postgres.url(SERVER)


def named(name: str) -> str:
    return urlsplit(server())._replace(path=f"/{name}").geturl()


def environment(mode: str, url: str, folder: Path) -> dict[str, str]:
    """Of an installation of its own in a mode, with keys where it needs them."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("GATEHOUSE_", "DJANGO_"))}
    given = {**kept, "GATEHOUSE_MODE": mode, "DATABASE_URL": url, "GATEHOUSE_STATE": str(folder / f"state-{mode}")}
    if mode == "production":
        (folder / "audit.pem").write_bytes(
            Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        )
        (folder / "biometrics").write_text("b" * 43)
        given |= {
            "GATEHOUSE_SECRET_KEY": "k" * 50,
            "GATEHOUSE_AUDIT_KEY_FILE": str(folder / "audit.pem"),
            "GATEHOUSE_AUDIT_CHECKPOINT_DIR": str(folder / "checkpoints"),
            "GATEHOUSE_BIOMETRICS_KEY_FILE": str(folder / "biometrics"),
        }
    return given


def gatehouse(*arguments: str, **environment: str) -> tuple[int, str]:
    command = [sys.executable, "-m", "gatehouse", *arguments]
    done = subprocess.run(
        command, env=environment, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL
    )
    return done.returncode, done.stderr


@pytest.fixture(scope="module")
def databases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """One for each mark, made by the command itself."""
    names = {mode: f"mark_{mode}_{uuid4().hex[:8]}" for mode in MARKED}
    with psycopg.connect(server(), autocommit=True) as connection:
        for mode, name in names.items():
            connection.execute(f"CREATE DATABASE {name}".encode())
            made = gatehouse("migrate", **environment(mode, named(name), tmp_path_factory.mktemp(mode)))
            assert made == (0, "")
        yield {mode: named(name) for mode, name in names.items()}
        for name in names.values():
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


def tables(url: str) -> list[str]:
    with psycopg.connect(url) as connection:
        return [name for (name,) in connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]


def content(url: str) -> str:
    """A digest of every row of every table."""
    found = hashlib.sha256()
    with psycopg.connect(url) as connection:
        for table in sorted(tables(url)):
            rows = connection.execute(f"SELECT t::text FROM {table} t ORDER BY 1".encode()).fetchall()
            found.update(f"{table}{rows}".encode())
    return found.hexdigest()


def opening(url: str, mode: Mode) -> Any:
    """A connection as the program of that mode makes it."""
    settings: dict[str, Any] = dict(dj_database_url.parse(url))
    settings["OPTIONS"] = mark.options(settings.get("OPTIONS", {}), mode)
    return ConnectionHandler({"default": settings})["default"]


@pytest.mark.parametrize("marked", MARKED)
def test_the_mark_is_the_mode_in_which_the_tables_were_made(databases: dict[str, str], marked: str) -> None:
    with psycopg.connect(databases[marked]) as connection:
        assert connection.execute("SELECT mode FROM gatehouse_mark").fetchall() == [(marked,)]
        connection.execute(f"SET gatehouse.mode = '{marked}'".encode())
        with pytest.raises(psycopg.errors.IntegrityConstraintViolation, match="insert-only"):
            connection.execute("UPDATE gatehouse_mark SET mode = 'test'")


@pytest.mark.parametrize(("marked", "mode"), WRONG)
def test_the_program_does_not_open_what_is_of_another_mode(
    databases: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
    django_db_blocker: DjangoDbBlocker,
    marked: str,
    mode: Mode,
) -> None:
    monkeypatch.setattr(config(), "mode", mode)
    before, connection = content(databases[marked]), opening(databases[marked], mode)
    said = f"marked {marked} and this program runs as {mode.value}"
    for _ in range(2):  # a connection that was refused is not open at the second try
        with django_db_blocker.unblock(), pytest.raises(RefusedError, match=said):
            connection.ensure_connection()
        assert connection.connection is None
    assert content(databases[marked]) == before


@pytest.mark.parametrize("marked", ["training", "production"])
def test_a_command_in_another_mode_is_refused_in_one_line(
    databases: dict[str, str], tmp_path: Path, marked: str
) -> None:
    other = "production" if marked == "training" else "training"
    before = content(databases[marked])
    for arguments in (("migrate",), ("user", "list"), ("device", "register", "TPE-T1-A01", "--port", "TPE")):
        code, said = gatehouse(*arguments, **environment(other, databases[marked], tmp_path))
        assert code != 0
        refused = f"the database is marked {marked} and this program runs as {other}: nothing was read or written"
        assert said == f"gatehouse: {refused}\n"
    assert content(databases[marked]) == before


@pytest.mark.parametrize(
    ("marked", "said"),
    [
        ("training", ""),
        ("training", "production"),
        ("training", "demo"),
        ("training", "Training"),
        ("production", "training"),
        ("production", "demo"),
        ("production", "test"),
        ("demo", "training"),
    ],
)
def test_no_table_takes_anything_from_a_raw_connection_of_another_mode(
    databases: dict[str, str], marked: str, said: str
) -> None:
    url, before = databases[marked], content(databases[marked])
    options = f"-c gatehouse.mode={said}" if said else ""
    with psycopg.connect(url, autocommit=True, options=options) as connection:
        for table in tables(url):
            for change in (
                f"INSERT INTO {table} SELECT * FROM {table} WHERE false",
                f"DELETE FROM {table}",
                f"TRUNCATE {table} CASCADE",
            ):
                with pytest.raises(psycopg.errors.IntegrityConstraintViolation, match="is of another mode"):
                    connection.execute(change.encode())
    assert content(url) == before


@pytest.mark.parametrize(("marked", "said"), [("training", "training"), ("production", ""), ("demo", "")])
def test_its_own_mode_writes(databases: dict[str, str], marked: str, said: str) -> None:
    options = f"-c gatehouse.mode={said}" if said else ""
    with psycopg.connect(databases[marked], options=options) as connection:
        for table in tables(databases[marked]):
            connection.execute(f"INSERT INTO {table} SELECT * FROM {table} WHERE false".encode())
        connection.rollback()


def test_training_does_not_take_over_what_was_made_before_there_were_marks(
    databases: dict[str, str], monkeypatch: pytest.MonkeyPatch, django_db_blocker: DjangoDbBlocker
) -> None:
    name = f"mark_none_{uuid4().hex[:8]}"
    with psycopg.connect(server(), autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name}".encode())
        with psycopg.connect(named(name)) as old:
            old.execute("CREATE TABLE django_migrations (id int)")
        monkeypatch.setattr(config(), "mode", Mode.TRAINING)
        with django_db_blocker.unblock(), pytest.raises(RefusedError, match="no mark of a training"):
            opening(named(name), Mode.TRAINING).ensure_connection()
        monkeypatch.setattr(config(), "mode", Mode.PRODUCTION)
        connection = opening(named(name), Mode.PRODUCTION)
        with django_db_blocker.unblock():
            connection.ensure_connection()
            connection.close()
        admin.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


@pytest.mark.parametrize(
    "name",
    [
        "secret_key",
        "audit_key_file",
        "audit_checkpoint_dir",
        "biometrics_key_file",
        "bundle_key_file",
        "device_ca_file",
        "device_ca_key_file",
        "notice_key_file",
        "oidc_client_secret_file",
    ],
)
def test_training_does_not_start_with_a_key_of_the_agency(tmp_path: Path, name: str) -> None:
    given: dict[str, Any] = {"mode": "training", "state": tmp_path / "new", name: "x" * 60}
    with pytest.raises(ValidationError, match=f"GATEHOUSE_{name.upper()} may not be given in training"):
        Config(**given)
    assert not (tmp_path / "new").exists()


def test_training_keeps_its_own_state_and_its_own_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GATEHOUSE_STATE")
    assert Config(mode=Mode.TRAINING).state == Path(".state-training")
    training = Config(mode=Mode.TRAINING, state=tmp_path / "training", audit_origin="border.example/audit")
    assert training.audit_origin == "border.example/audit/training"
    assert Config(**{**PRODUCTION, "audit_origin": "border.example/audit"}).audit_origin == "border.example/audit"
    assert training.state_dir == tmp_path / "training"
    assert Config(mode=Mode.TRAINING, state=tmp_path / "training").state_dir == tmp_path / "training"


def test_no_state_folder_goes_over_from_one_mode_to_another(tmp_path: Path) -> None:
    demo, training, other = (tmp_path / name for name in ("demo", "training", "other"))
    assert Config(mode=Mode.DEMO, state=demo).state_dir == demo
    assert Config(mode=Mode.TRAINING, state=training).state_dir == training
    other.mkdir()
    (other / "audit-key.pem").write_text("somebody's")
    for folder in (demo, other):
        with pytest.raises(ValidationError, match="training needs a folder of its own"):
            Config(mode=Mode.TRAINING, state=folder)
    for mode in (Mode.DEMO, Mode.TEST, Mode.PRODUCTION):
        with pytest.raises(ValidationError, match="made by a training"):
            Config(**{**PRODUCTION, "mode": mode, "state": training})
    with pytest.raises(ValidationError, match="made by a training"):
        Config(**{**PRODUCTION, "audit_checkpoint_dir": training})
    assert sorted(path.name for path in training.iterdir()) == ["made-by-training"]

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from pydantic import SecretStr
from pytest_django import Settings

from gatehouse.audit.keys import signing_key
from gatehouse.cli.harden import answering, centre, storing
from gatehouse.cli.harden.points import Answer
from gatehouse.kernel.results import Result
from gatehouse.platform.config import Config, Mode, config
from gatehouse.platform.models import User


def database_url() -> str:
    settings = connection.settings_dict
    host = str(settings["OPTIONS"].get("host") or settings["HOST"]).replace("/", "%2F")
    return f"postgresql://{settings['USER']}:{settings['PASSWORD']}@/{settings['NAME']}?host={host}"


def hardened(**environment: str) -> tuple[int, dict[str, dict[str, Any]], str]:
    """The command in an environment of its own: exit code, the points by id, standard error."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GATEHOUSE_", "DJANGO_"))}
    command = [sys.executable, "-m", "gatehouse", "harden", "--part", "centre", "--json"]
    done = subprocess.run(
        command, check=False, capture_output=True, text=True, env={**kept, **environment}, timeout=120
    )
    points = json.loads(done.stdout)["points"] if done.stdout else []
    return done.returncode, {each["id"]: each for each in points}, done.stderr


@pytest.fixture
def protected(transactional_db: None) -> Iterator[None]:
    """The tables as they are everywhere else: the database of the tests lets its tables be emptied after a test."""
    with connection.cursor() as cursor:
        cursor.execute(r"SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE tgenabled = 'D'")
        off = cursor.fetchall()
        for table, trigger in off:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER {trigger}")
        yield
        for table, trigger in off:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {trigger}")


@pytest.fixture
def production(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The environment of a centre as the README sets it up."""
    key, state, kept = tmp_path / "audit-key.pem", tmp_path / "state", tmp_path / "checkpoints"
    monkeypatch.setattr(config(), "audit_key_file", key)
    signing_key()
    for folder in (state, kept):
        folder.mkdir(mode=0o700)
    return {
        "DATABASE_URL": database_url(),
        "GATEHOUSE_SECRET_KEY": "k7" * 30 + "-not-of-a-demo-Aq!",
        "GATEHOUSE_AUDIT_KEY_FILE": str(key),
        "GATEHOUSE_AUDIT_CHECKPOINT_DIR": str(kept),
        "GATEHOUSE_BIOMETRICS_KEY_FILE": str(tmp_path / "biometrics-key"),
        "GATEHOUSE_STATE": str(state),
        "GATEHOUSE_HOSTS": "border.example",
    }


@pytest.mark.usefixtures("protected")
def test_a_centre_in_production_holds_to_every_point_but_the_durability_that_tests_do_without(
    production: dict[str, str],
) -> None:
    code, points, err = hardened(**production)
    assert err == ""
    failed = {id: each["reason"] for id, each in points.items() if each["result"] != "successful"}
    assert list(failed) == ["centre-database-durable"]  # the server of the tests runs without fsync
    assert failed["centre-database-durable"].startswith("fsync is off")
    assert points["centre-database-durable"]["remedy"] == centre.DURABLE.remedy
    assert (code, len(points)) == (1, len(centre.POINTS))


@pytest.mark.usefixtures("protected")
def test_what_was_opened_is_found(production: dict[str, str]) -> None:
    User.objects.create(username="chen", is_demo=True)
    key, state = Path(production["GATEHOUSE_AUDIT_KEY_FILE"]), Path(production["GATEHOUSE_STATE"])
    key.chmod(0o644)
    state.chmod(0o755)
    secret = state.parent / "oidc-secret"
    secret.write_text("secret")
    secret.chmod(0o640)
    sign_on = {
        "GATEHOUSE_OIDC_ISSUER": "https://id.example",
        "GATEHOUSE_OIDC_CLIENT_ID": "gatehouse",
        "GATEHOUSE_OIDC_CLIENT_SECRET_FILE": str(secret),
    }
    inside = state / "checkpoints"
    inside.mkdir()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE monitoring_asset DISABLE TRIGGER monitoring_asset_insert_only")
    try:
        changed = {"GATEHOUSE_HOSTS": "*", "GATEHOUSE_AUDIT_CHECKPOINT_DIR": str(inside)}
        authority = state.parent / "device-ca-key.pem"
        authority.touch(mode=0o604)
        authority.chmod(0o604)
        changed["GATEHOUSE_DEVICE_CA_KEY_FILE"] = str(authority)
        proxy = state.parent / "proxy-key"
        proxy.write_text("p" * 43)
        proxy.chmod(0o640)
        changed |= {"GATEHOUSE_DEVICE_TLS": "required", "GATEHOUSE_PROXY_KEY_FILE": str(proxy)}
        code, points, _ = hardened(**{**production, **changed, **sign_on})
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE monitoring_asset ENABLE TRIGGER monitoring_asset_insert_only")
    failed = {id: each["reason"] for id, each in points.items() if each["result"] == "failed"}
    failed.pop("centre-database-durable")
    assert failed == {
        "centre-hosts": "any name is taken: *",
        "centre-state-private": f"{state} is open to others (mode 0755)",
        "centre-audit-key-private": f"{key} is open to others (mode 0644)",
        "centre-sign-on-secret-private": f"{secret} is open to others (mode 0640)",
        "centre-device-authority-private": f"{authority} is open to others (mode 0604)",
        "centre-proxy-secret-private": f"{proxy} is open to others (mode 0640)",
        "centre-checkpoints-apart": f"{inside} lies in the state folder",
        "centre-insert-only": "monitoring_asset_insert_only of monitoring_asset is switched off",
        "centre-no-demo-accounts": "chen is a demo account",
    }
    assert code == 1


def test_settings_that_production_refuses_are_the_finding_and_nothing_else_is_claimed() -> None:
    code, points, _ = hardened(DATABASE_URL="postgresql://x@nowhere.invalid/y", GATEHOUSE_DEBUG="true")
    assert code == 1
    first = points.pop("centre-production")
    assert (first["result"], first["reason"][:10]) == ("failed", "settings: ")
    assert "GATEHOUSE_DEBUG may not be on in production" in first["reason"]
    assert {each["result"] for each in points.values()} == {"undetermined"}


def test_a_database_that_does_not_answer_leaves_its_points_undetermined(
    production_without_store: dict[str, str],
) -> None:
    code, points, _ = hardened(**production_without_store)
    assert code == 1
    results = {id: each["result"] for id, each in points.items()}
    unseen = {"centre-database-durable", "centre-insert-only", "centre-no-demo-accounts"}
    assert {id for id, result in results.items() if result == "undetermined"} == unseen
    assert results["centre-headers"] == "successful"


@pytest.fixture
def production_without_store(tmp_path: Path) -> dict[str, str]:
    for name in ("state", "kept"):
        (tmp_path / name).mkdir(mode=0o700)
    return {
        "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/nothing",
        "GATEHOUSE_SECRET_KEY": "k7" * 30 + "-not-of-a-demo-Aq!",
        "GATEHOUSE_AUDIT_KEY_FILE": str(tmp_path / "none.pem"),
        "GATEHOUSE_AUDIT_CHECKPOINT_DIR": str(tmp_path / "kept"),
        "GATEHOUSE_BIOMETRICS_KEY_FILE": str(tmp_path / "biometrics-key"),
        "GATEHOUSE_STATE": str(tmp_path / "state"),
    }


def test_a_machine_without_settings_of_a_centre_is_none() -> None:
    code, points, _ = hardened()
    assert (code, {each["result"] for each in points.values()}) == (0, {"not supported"})


def test_a_demo_is_no_production() -> None:
    assert centre.production(Config(mode=Mode.DEMO)) == Answer(Result.FAILED, "the mode is demo")


@pytest.mark.parametrize(
    ("url", "answer"),
    [
        ("postgresql://u@/n?host=%2Frun%2Fpostgresql", Answer(Result.SUCCESSFUL, "the database is on this machine")),
        ("postgresql://u@127.0.0.1/n", Answer(Result.SUCCESSFUL, "the database is on this machine")),
        ("postgresql://u@db.example/n", Answer(Result.FAILED, "db.example with sslmode=prefer")),
        ("postgresql://u@db.example/n?sslmode=require", Answer(Result.FAILED, "db.example with sslmode=require")),
        ("postgresql://u@db.example/n?sslmode=verify-full", Answer(Result.SUCCESSFUL, "db.example with verify-full")),
    ],
)
def test_the_way_to_the_database(url: str, answer: Answer) -> None:
    given = Config(mode=Mode.TEST, secret_key=SecretStr("x"), DATABASE_URL=url)
    assert storing.database_tls(given) == answer


def test_what_browsers_are_told_can_fail(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    assert answering.tls() == Answer(Result.FAILED, "a request without TLS is answered with 200")
    assert answering.headers().result is Result.SUCCESSFUL
    settings.X_FRAME_OPTIONS = "SAMEORIGIN"
    loose = "default-src 'self'; script-src 'self' 'unsafe-inline'; frame-ancestors 'none'"
    monkeypatch.setattr("gatehouse.web.middleware.CONTENT_SECURITY_POLICY", loose)
    assert answering.headers() == Answer(
        Result.FAILED,
        "X-Frame-Options is SAMEORIGIN; Content-Security-Policy does not begin with nothing; "
        "Content-Security-Policy has 'unsafe-inline'",
    )


def test_cookies_and_sessions_can_fail(settings: Settings) -> None:
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    settings.COOKIE_PREFIX = "__Host-"
    assert answering.cookies().result is Result.SUCCESSFUL
    settings.SESSION_COOKIE_SAMESITE = "Lax"
    assert answering.cookies() == Answer(Result.FAILED, "SESSION_COOKIE_SAMESITE is Lax")
    assert answering.sessions() == Answer(Result.FAILED, "passwords are kept by MD5PasswordHasher")
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    assert answering.sessions() == Answer(Result.SUCCESSFUL, "12 characters, PBKDF2PasswordHasher, 30 minutes")
    settings.SESSION_IDLE_SECONDS = 3600
    assert answering.sessions() == Answer(Result.FAILED, "a session may rest 60 minutes")

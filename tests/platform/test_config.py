from __future__ import annotations

import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from gatehouse.kernel.errors import UnreadableError
from gatehouse.platform.config import Config, Mode, kept_secret
from gatehouse.platform.permissions import Role

PRODUCTION: dict[str, Any] = {
    "mode": "production",
    "state": "/srv/gatehouse",
    "secret_key": "k" * 50,
    "DATABASE_URL": "postgresql://db.example/gatehouse",
    "audit_key_file": "audit-key.pem",
    "audit_checkpoint_dir": "checkpoints",
    "biometrics_key_file": "biometrics-key",
}

SIGN_ON = {
    "oidc_issuer": "https://id.example",
    "oidc_client_id": "gatehouse",
    "oidc_client_secret_file": "oidc-secret",
}


def test_production_starts_when_everything_is_given() -> None:
    assert Config(**PRODUCTION).mode is Mode.PRODUCTION


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"debug": True}, "GATEHOUSE_DEBUG may not be on in production"),
        ({"secret_key": None}, "production needs GATEHOUSE_SECRET_KEY"),
        ({"secret_key": "short"}, "at least 50 characters"),
        ({"DATABASE_URL": None}, "production needs DATABASE_URL"),
        ({"DATABASE_URL": "sqlite:///records.db"}, "it has the form postgresql://user:password@host:port/name"),
        ({"audit_key_file": None}, "production needs GATEHOUSE_AUDIT_KEY_FILE"),
        (
            {"audit_checkpoint_dir": None},
            "production needs GATEHOUSE_AUDIT_KEY_FILE and GATEHOUSE_AUDIT_CHECKPOINT_DIR",
        ),
        ({"biometrics_key_file": None}, "production needs GATEHOUSE_BIOMETRICS_KEY_FILE"),
        ({"device_tls": "required"}, "GATEHOUSE_DEVICE_TLS=required needs GATEHOUSE_PROXY_KEY_FILE"),
        ({"face_false_match_rate": 0}, "greater than 0"),
        ({"fingerprint_engine": "no colon"}, "String should match pattern"),
        ({"passkey_roles": "supervisor, cook"}, "'cook' is not a valid Role"),
        ({"oidc_issuer": "https://id.example"}, "needs GATEHOUSE_OIDC_CLIENT_ID and GATEHOUSE_OIDC_CLIENT_SECRET_FILE"),
        ({**SIGN_ON, "oidc_issuer": "http://id.example"}, "GATEHOUSE_OIDC_ISSUER begins with https://"),
        ({**SIGN_ON, "oidc_issuer": "http://127.0.0.1:8080"}, "GATEHOUSE_OIDC_ISSUER begins with https://"),
        ({**SIGN_ON, "oidc_roles": {"lane": "inspector"}}, "GATEHOUSE_OIDC_ROLES_CLAIM and GATEHOUSE_OIDC_ROLES go"),
        ({**SIGN_ON, "oidc_roles_claim": "groups", "oidc_roles": {"lane": "cook"}}, "Input should be 'inspector'"),
    ],
)
def test_production_does_not_start_unsafe(change: dict[str, Any], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        Config(**{**PRODUCTION, **change})


def test_production_does_not_start_with_the_keys_of_a_demo(tmp_path: Path) -> None:
    demo = Config(mode=Mode.DEMO, state=tmp_path)
    for change in (
        {"secret_key": demo.signing_key()},
        {"state": demo.state_dir},
        {"audit_key_file": demo.audit_key},
        {"audit_checkpoint_dir": demo.state_dir},
        {"biometrics_key_file": demo.state_dir / "biometrics-key"},
    ):
        with pytest.raises(ValidationError, match="demo"):
            Config(**{**PRODUCTION, **change})


def test_a_wrong_setting_is_one_clear_line_and_exit_code_2(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "gatehouse", "migrate"],
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONPATH": "src", "GATEHOUSE_STATE": str(tmp_path), "PATH": "/usr/bin:/bin"},
    )
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr == (
        "gatehouse: settings: production needs GATEHOUSE_SECRET_KEY with at least 50 characters "
        "(with GATEHOUSE_MODE=demo it makes its own)\n"
    )


def test_the_sign_on_is_read_from_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("GATEHOUSE_OIDC_ROLES", '{"lane": "inspector"}')
    settings = Config(**{**PRODUCTION, **SIGN_ON, "oidc_roles_claim": "groups"})
    assert settings.oidc_roles == {"lane": Role.INSPECTOR}
    assert settings.oidc_account_claim == "preferred_username"
    for text, said in ((None, "cannot be read"), ("\n", "is empty")):
        settings.oidc_client_secret_file = tmp_path / "secret"
        if text is not None:
            settings.oidc_client_secret_file.write_text(text)
        with pytest.raises(UnreadableError, match=said):
            settings.oidc_secret()
    (tmp_path / "secret").write_text("s3cret\n")
    assert settings.oidc_secret() == "s3cret"


def test_the_roles_that_work_with_a_passkey_are_named_by_commas() -> None:
    settings = Config(**{**PRODUCTION, "passkey_roles": "supervisor, security_auditor,"})
    assert settings.roles_with_passkeys == {Role.SUPERVISOR, Role.SECURITY_AUDITOR}
    assert Config(**PRODUCTION).roles_with_passkeys == frozenset()


def test_a_kept_secret_is_made_once_and_private(tmp_path: Path) -> None:
    path = tmp_path / "key"
    first = kept_secret(path)
    assert len(first) == 64
    assert kept_secret(path) == first
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [entry.name for entry in tmp_path.iterdir()] == ["key"]


def test_the_key_of_biometrics_is_read_from_its_file_and_long_enough(tmp_path: Path) -> None:
    path = tmp_path / "key"
    given = Config(**{**PRODUCTION, "biometrics_key_file": path})
    with pytest.raises(UnreadableError, match="the key of biometrics cannot be read"):
        given.biometrics_secret()
    path.write_text("k" * 42)
    with pytest.raises(UnreadableError, match="fewer than 43 characters"):
        given.biometrics_secret()
    path.write_text("k" * 43 + "\n")
    assert given.biometrics_secret() == "k" * 43

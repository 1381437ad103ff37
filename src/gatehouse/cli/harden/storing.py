"""Where the centre keeps what is its own, and how its database keeps what it confirms."""

from __future__ import annotations

import dj_database_url

from gatehouse.cli.harden.files import changeable, readable
from gatehouse.cli.harden.points import Answer, fails, holds, judged
from gatehouse.platform.config import Config

_HERE = ("", "localhost", "127.0.0.1", "::1")
_DURABLE = ("fsync", "full_page_writes", "synchronous_commit")


def state_private(settings: Config) -> Answer:
    folder = settings.state_dir  # closed to others, it closes what lies in it
    return judged([*readable(folder), *changeable(folder)], f"{folder} is its owner's alone")


def audit_key_private(settings: Config) -> Answer:
    from gatehouse.audit.keys import signing_key

    signing_key()  # refuses a file that is absent or no key
    key = settings.audit_key
    return judged([*readable(key), *changeable(key)], f"{key} is its owner's alone")


def sign_on_secret_private(settings: Config) -> Answer:
    if settings.oidc_issuer is None or settings.oidc_client_secret_file is None:
        return holds("the agency's sign-on is not connected")
    settings.oidc_secret()  # refuses a file that is absent or empty
    secret = settings.oidc_client_secret_file
    return judged([*readable(secret), *changeable(secret)], f"{secret} is its owner's alone")


def device_authority_private(settings: Config) -> Answer:
    key = settings.device_ca_key
    if not key.exists():
        return holds("there is no authority for devices")
    return judged([*readable(key), *changeable(key)], f"{key} is its owner's alone")


def proxy_secret_private(settings: Config) -> Answer:
    if settings.proxy_key_file is None:
        return holds("devices show no certificates")
    settings.proxy_secret()  # refuses a file that is absent or has no secret
    secret = settings.proxy_key_file
    return judged([*readable(secret), *changeable(secret)], f"{secret} is its owner's alone")


def checkpoints_apart(settings: Config) -> Answer:
    folder = settings.audit_kept.absolute()
    if not folder.is_dir():
        return fails(f"{folder} is not there")
    if folder.resolve().is_relative_to(settings.state_dir.resolve()):
        return fails(f"{folder} lies in the state folder")
    return judged(changeable(folder), f"{folder} is apart")


def database_tls(settings: Config) -> Answer:
    found = dj_database_url.parse(settings.database_url or "postgresql:///")
    options = found.get("OPTIONS", {})
    host = str(options.get("host") or found.get("HOST") or "").replace("%2F", "/").replace("%2f", "/")
    if host in _HERE or host.startswith("/"):
        return holds("the database is on this machine")
    mode = options.get("sslmode", "prefer")
    return holds(f"{host} with {mode}") if mode == "verify-full" else fails(f"{host} with sslmode={mode}")


def durable() -> Answer:
    from gatehouse.platform.database import rows

    found = dict(rows("SELECT name, setting FROM pg_settings WHERE name = ANY(%s)", [list(_DURABLE)]))
    safe = {"on", "remote_apply", "remote_write", "local"}
    return judged(
        (f"{name} is {found.get(name, 'unknown')}" for name in _DURABLE if found.get(name) not in safe), "all are on"
    )


def insert_only() -> Answer:
    from gatehouse.platform.database import rows

    found = rows(
        r"SELECT tgrelid::regclass::text, tgname, tgenabled FROM pg_trigger "
        r"WHERE tgname LIKE '%%\_insert\_only' OR tgname LIKE '%%\_no\_truncate'"
    )
    if not found:
        return fails("no table is protected")
    off = [f"{name} of {table} is switched off" for table, name, enabled in found if _text(enabled) not in ("O", "A")]
    return judged(off, f"{len({table for table, _, _ in found})} tables")


def _text(value: str | bytes) -> str:
    return value.decode() if isinstance(value, bytes) else value


def no_demo_accounts() -> Answer:
    from gatehouse.platform.models import User

    names = User.objects.filter(is_demo=True).values_list("username", flat=True)
    return judged((f"{name} is a demo account" for name in names), "none")

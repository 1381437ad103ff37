"""The points of the centre: its settings, its keys and folders, its database, and how it answers browsers."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack

from gatehouse.cli.harden import answering, storing
from gatehouse.cli.harden.points import Answer, Asked, Checked, Point, asking, elsewhere, fails, holds, judged, unseen
from gatehouse.kernel.errors import UnreadableError
from gatehouse.platform.config import Config, Mode, config

PRODUCTION = Point(
    "centre-production",
    "the centre runs in production mode, without debug, demo keys or the embedded database",
    "unset GATEHOUSE_MODE and give each setting that the message names (docs/settings.md)",
)
HOSTS = Point(
    "centre-hosts",
    "the centre answers to its own names alone",
    "name them in GATEHOUSE_HOSTS; no * and no name that begins with a point",
)
STATE = Point(
    "centre-state-private",
    "the state folder is open to its owner alone",
    "chmod 700 the folder, and see that nobody but root can change the one above it",
)
AUDIT_KEY = Point(
    "centre-audit-key-private",
    "the key that signs the audit log can be read by its owner alone",
    "chmod 600 it; where others could read it, begin a new log with a new key",
)
SIGN_ON_SECRET = Point(
    "centre-sign-on-secret-private",
    "the secret of the agency's sign-on can be read by its owner alone",
    "chmod 600 it; where others could read it, have the agency's sign-on make another",
)
DEVICE_AUTHORITY = Point(
    "centre-device-authority-private",
    "the key that signs the certificates of devices can be read by its owner alone",
    "chmod 600 it; where others could read it, make another authority and register the devices again",
)
PROXY_SECRET = Point(
    "centre-proxy-secret-private",
    "the secret by which the proxy proves that it named a certificate can be read by its owner alone",
    "chmod 600 it; where others could read it, make another for the centre and for the proxy",
)
CHECKPOINTS = Point(
    "centre-checkpoints-apart",
    "signed checkpoints are kept outside the state, where others cannot change them",
    "give GATEHOUSE_AUDIT_CHECKPOINT_DIR a place of its own, on another file system or site",
)
DATABASE_TLS = Point(
    "centre-database-tls",
    "the way to the database is this machine or verified TLS",
    "add sslmode=verify-full and sslrootcert to DATABASE_URL",
)
DURABLE = Point(
    "centre-database-durable",
    "what the database confirms is on disk: fsync, full_page_writes and synchronous_commit are on",
    "take these settings out of postgresql.conf; their defaults are right",
)
INSERT_ONLY = Point(
    "centre-insert-only",
    "the triggers that keep records from being changed are there and switched on",
    "ALTER TABLE … ENABLE TRIGGER ALL, and find out who switched them off",
)
DEMO_ACCOUNTS = Point(
    "centre-no-demo-accounts",
    "no account of the demo exists",
    "delete them before the centre serves",
)
TLS = Point(
    "centre-tls",
    "what comes without TLS is sent to it, and browsers are told to stay there for a year",
    "serve behind a proxy that ends TLS and sets X-Forwarded-Proto; production mode does the rest",
)
HEADERS = Point(
    "centre-headers",
    "each page forbids foreign and inline content, frames, sniffing and caching",
    "no setting loosens this: install the program again",
)
COOKIES = Point(
    "centre-cookies",
    "cookies go over TLS alone, to no other site, and scripts do not see the session",
    "no setting loosens this in production: see centre-production",
)
SESSIONS = Point(
    "centre-sessions",
    "passwords have twelve characters or more and a slow hash; a session that rests half an hour ends",
    "no setting loosens this: install the program again",
)
DEPLOY = Point(
    "centre-deploy-check",
    "the checks that Django has for deployments find nothing",
    "do what the message says",
)
POINTS = (
    *(
        PRODUCTION,
        HOSTS,
        STATE,
        AUDIT_KEY,
        SIGN_ON_SECRET,
        DEVICE_AUTHORITY,
        PROXY_SECRET,
        CHECKPOINTS,
        DATABASE_TLS,
        DURABLE,
        INSERT_ONLY,
        DEMO_ACCOUNTS,
    ),
    *(TLS, HEADERS, COOKIES, SESSIONS, DEPLOY),
)
_NEEDS_STORE = {
    DURABLE: storing.durable,
    INSERT_ONLY: storing.insert_only,
    DEMO_ACCOUNTS: storing.no_demo_accounts,
}
_NEEDS_DJANGO = {
    TLS: answering.tls,
    HEADERS: answering.headers,
    COOKIES: answering.cookies,
    SESSIONS: answering.sessions,
    DEPLOY: answering.deploy_check,
}


def check(asked: Asked) -> Iterator[Checked]:
    """By the environment. A machine without a setting of the centre is none."""
    del asked
    if not {"DATABASE_URL", "GATEHOUSE_DATABASE_URL", "GATEHOUSE_MODE"} & set(os.environ):
        missing = elsewhere("this environment has no setting of a centre (DATABASE_URL)")
        yield from asking((point, lambda: missing) for point in POINTS)
        return
    try:
        settings = config()
    except UnreadableError as error:
        yield Checked(PRODUCTION, fails(str(error)))
        unread = unseen("the settings are refused: see centre-production")
        yield from asking((point, lambda: unread) for point in POINTS[1:])
        return
    yield from asking(_of_settings(settings))
    yield from asking(_of_program())


def _of_settings(settings: Config) -> Iterator[tuple[Point, Callable[[], Answer]]]:
    yield PRODUCTION, lambda: production(settings)
    yield HOSTS, lambda: hosts(settings)
    yield STATE, lambda: storing.state_private(settings)
    yield AUDIT_KEY, lambda: storing.audit_key_private(settings)
    yield SIGN_ON_SECRET, lambda: storing.sign_on_secret_private(settings)
    yield DEVICE_AUTHORITY, lambda: storing.device_authority_private(settings)
    yield PROXY_SECRET, lambda: storing.proxy_secret_private(settings)
    yield CHECKPOINTS, lambda: storing.checkpoints_apart(settings)
    yield DATABASE_TLS, lambda: storing.database_tls(settings)


def _of_program() -> Iterator[tuple[Point, Callable[[], Answer]]]:
    from gatehouse import platform
    from gatehouse.cli.store import open_store

    with ExitStack() as store:
        try:
            store.enter_context(open_store())
        except UnreadableError as error:
            unreached = unseen(str(error))
            platform.setup()
            yield from ((point, lambda: unreached) for point in _NEEDS_STORE)
        else:
            yield from _NEEDS_STORE.items()
        yield from _NEEDS_DJANGO.items()


def production(settings: Config) -> Answer:
    if settings.mode is not Mode.PRODUCTION:
        return fails(f"the mode is {settings.mode.value}")
    return fails("debug is on") if settings.debug else holds("production")


def hosts(settings: Config) -> Answer:
    names = [name.strip() for name in settings.hosts.split(",")]
    return judged(
        (f"any name is taken: {name}" for name in names if "*" in name or name.startswith(".")), settings.hosts
    )

"""How the centre answers a browser: asked as a browser asks, on the page that everybody may open."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from typing import Any

from gatehouse.cli.harden.points import Answer, fails, holds, judged

_YEAR = 365 * 86400
_SHORTEST_PASSWORD = 12
_LONGEST_REST = 30 * 60
_SLOW_HASHES = ("Argon2", "PBKDF2", "Scrypt", "BCrypt")
#: What binds other hosts of the agency's domain is decided by who owns the domain: subdomains and preload of HSTS.
_OF_THE_DOMAIN = ("security.W005", "security.W021")
#: Each header with what its value must hold.
_HEADERS = {
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
    "Permissions-Policy": "camera=()",
}


def _ask(*, secure: bool) -> tuple[int, Mapping[str, str]]:
    """Status and headers of the sign-in page, as a proxy hands the request on."""
    from django.conf import settings
    from django.test import Client
    from django.urls import reverse

    host = str(settings.ALLOWED_HOSTS[0]).lstrip(".*") or "localhost"
    headers = {"host": host, "x-forwarded-proto": "https" if secure else "http"}
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "No directory at")  # a centre that never served has no static files yet
        answer = Client(raise_request_exception=False).get(reverse("sign_in"), headers=headers, secure=secure)
    return answer.status_code, answer.headers


def tls() -> Answer:
    status, plain = _ask(secure=False)
    if status != 301 or not plain.get("Location", "").startswith("https://"):
        return fails(f"a request without TLS is answered with {status}")
    _, headers = _ask(secure=True)
    policy = headers.get("Strict-Transport-Security", "")
    age = next((part.partition("=")[2] for part in policy.split(";") if part.strip().startswith("max-age")), "0")
    return holds(f"sent to TLS; {policy}") if int(age) >= _YEAR else fails(f"HSTS is {policy or 'missing'}")


def headers() -> Answer:
    _, found = _ask(secure=True)
    wrong = [
        f"{name} is {found.get(name, 'missing')}" for name, wanted in _HEADERS.items() if not _is(found, name, wanted)
    ]
    policy = {
        name: words
        for name, *words in (part.split() for part in found.get("Content-Security-Policy", "").split(";") if part)
    }
    if policy.get("default-src") != ["'none'"]:
        wrong.append("Content-Security-Policy does not begin with nothing")
    if policy.get("frame-ancestors") != ["'none'"]:
        wrong.append("Content-Security-Policy lets pages be framed")
    loose = sorted({word for words in policy.values() for word in words if word.startswith("'unsafe") or word == "*"})
    return judged([*wrong, *(f"Content-Security-Policy has {word}" for word in loose)], f"{len(_HEADERS) + 1} headers")


def _is(found: Mapping[str, str], name: str, wanted: str) -> bool:
    return wanted in found.get(name, "")


def cookies() -> Answer:
    from django.conf import settings

    wanted = {
        "SESSION_COOKIE_SECURE": True,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Strict",
        "CSRF_COOKIE_SECURE": True,
        "CSRF_COOKIE_SAMESITE": "Strict",
        "COOKIE_PREFIX": "__Host-",
    }
    found = {name: getattr(settings, name) for name in wanted}
    return judged((f"{name} is {found[name]}" for name in wanted if found[name] != wanted[name]), "sealed")


def sessions() -> Answer:
    from django.conf import settings
    from django.contrib.auth.hashers import get_hasher

    wrong = []
    validators: Any = settings.AUTH_PASSWORD_VALIDATORS
    lengths = [each.get("OPTIONS", {}).get("min_length", 8) for each in validators]
    if max(lengths, default=0) < _SHORTEST_PASSWORD:
        wrong.append(f"passwords may have {max(lengths, default=0)} characters")
    hasher = type(get_hasher()).__name__
    if not hasher.startswith(_SLOW_HASHES):
        wrong.append(f"passwords are kept by {hasher}")
    if settings.SESSION_IDLE_SECONDS > _LONGEST_REST:
        wrong.append(f"a session may rest {settings.SESSION_IDLE_SECONDS // 60} minutes")
    return judged(wrong, f"{max(lengths)} characters, {hasher}, {settings.SESSION_IDLE_SECONDS // 60} minutes")


def deploy_check() -> Answer:
    from django.core import checks

    found = [each for each in checks.run_checks(include_deployment_checks=True) if each.id not in _OF_THE_DOMAIN]
    return judged((f"{each.id}: {str(each.msg).partition('. ')[0]}" for each in found), "nothing")

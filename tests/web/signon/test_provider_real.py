"""Against a provider that others wrote, as a process of its own: oidc-provider-mock, which stands on Authlib."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from django.test import Client

from gatehouse.platform.config import config
from gatehouse.platform.models import SignOn
from gatehouse.platform.permissions import Role
from gatehouse.platform.services import user_create

pytestmark = [pytest.mark.real, pytest.mark.django_db]


@pytest.fixture
def issuer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    claims = json.dumps({"sub": "24", "preferred_username": "chen", "name": "陳怡君"})
    command = [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "-p", str(port), "--user-claims", claims]
    issuer = f"http://127.0.0.1:{port}"
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        until = time.monotonic() + 30
        while True:
            try:
                httpx.get(issuer)
                break
            except httpx.TransportError:
                assert time.monotonic() < until
                assert process.poll() is None
                time.sleep(0.1)
        (tmp_path / "secret").write_text("secret")
        monkeypatch.setattr(config(), "oidc_issuer", issuer)
        monkeypatch.setattr(config(), "oidc_client_id", "gatehouse")
        monkeypatch.setattr(config(), "oidc_client_secret_file", tmp_path / "secret")
        yield issuer
        process.terminate()


def come_back(client: Client, answer: dict[str, str]) -> str:
    sent = client.get("/sign-in/agency/").headers["Location"]
    back = urlsplit(httpx.post(sent, data=answer).headers["Location"])
    return client.get(f"{back.path}?{back.query}", follow=True).content.decode()


def test_who_is_let_in_there_is_let_in_here_and_nobody_else(issuer: str, client: Client) -> None:
    chen = user_create(username="chen", password="a long enough one", roles=[Role.INSPECTOR])
    client.cookies["language"] = "en"
    # It forgets the state where it denies, so that nobody can know which question that answers.
    assert "belongs to another question: begin again." in come_back(client, {"action": "deny"})
    assert "names no account: it lacks preferred_username" in come_back(client, {"sub": "25"})
    assert "_auth_user_id" not in client.session
    assert "You are signed in" in come_back(client, {"sub": "24"})
    assert client.session["_auth_user_id"] == str(chen.pk)
    assert (SignOn.objects.get().issuer, SignOn.objects.get().subject) == (issuer, "24")

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.web.signon.provider import CLIENT_ID, CLIENT_SECRET, Provider, serving

from gatehouse.platform.config import config


@pytest.fixture
def provider(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Provider]:
    """The agency's sign-on, and this house connected to it."""
    (tmp_path / "secret").write_text(CLIENT_SECRET + "\n")
    with serving() as provider:
        monkeypatch.setattr(config(), "oidc_issuer", provider.issuer)
        monkeypatch.setattr(config(), "oidc_client_id", CLIENT_ID)
        monkeypatch.setattr(config(), "oidc_client_secret_file", tmp_path / "secret")
        yield provider

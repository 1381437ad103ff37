from __future__ import annotations

import os
from contextlib import ExitStack

import pytest

from gatehouse.platform import postgres
from gatehouse.platform.config import config

_servers = ExitStack()


def pytest_configure(config: pytest.Config) -> None:
    """Start the embedded server once, in the process that starts the workers."""
    if not os.environ.get("PYTEST_XDIST_WORKER") and not _config().database_url:
        _servers.enter_context(postgres.running(_config().state_dir, durable=False))


def pytest_unconfigure(config: pytest.Config) -> None:
    _servers.close()


_config = config

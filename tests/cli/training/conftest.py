from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

import psycopg
import pytest

from tests.platform.test_mark import named, server


@pytest.fixture
def empty() -> Iterator[str]:
    """The address of a database that nobody used, on the server of the tests."""
    name = f"reset_{uuid4().hex[:8]}"
    with psycopg.connect(server(), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
        yield named(name)
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())

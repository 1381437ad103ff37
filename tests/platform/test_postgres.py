from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from gatehouse.platform import postgres


@pytest.fixture
def state(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path
    home = postgres._server(tmp_path).home
    assert home.exists()
    postgres.remove(tmp_path)
    assert not home.exists()


def test_it_runs_for_a_block_and_keeps_what_was_stored(state: Path) -> None:
    with postgres.running(state, durable=False) as url:
        with psycopg.connect(url) as connection:
            connection.execute("CREATE TABLE kept (n int)")
            connection.execute("INSERT INTO kept VALUES (7)")
        with postgres.running(state) as again:
            assert again == url
        with psycopg.connect(url) as connection:
            assert connection.execute("SELECT n FROM kept").fetchone() == (7,)
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(url)
    with postgres.running(state, durable=False) as url, psycopg.connect(url) as connection:
        assert connection.execute("SELECT n FROM kept").fetchone() == (7,)


def test_it_asks_for_a_password_and_lets_no_other_user_in(state: Path) -> None:
    with postgres.running(state, durable=False):
        server = postgres._server(state)
        assert stat.S_IMODE(server.home.stat().st_mode) == 0o700
        assert server.home.stat().st_uid == (server.owner.pw_uid if server.owner else os.geteuid())
        assert server.home.stat().st_uid != 0
        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            psycopg.connect(host=str(server.sockets), user=postgres.NAME, password="wrong", dbname=postgres.NAME)
        with psycopg.connect(server.url) as connection:
            assert connection.execute("SHOW listen_addresses").fetchone() == ("",)


def test_it_is_postgresql_18(state: Path) -> None:
    with postgres.running(state, durable=False) as url, psycopg.connect(url) as connection:
        assert connection.info.server_version // 10_000 == 18


def test_a_state_folder_that_was_deleted_is_begun_anew(state: Path) -> None:
    with postgres.running(state, durable=False) as first:
        pass
    home = postgres._server(state).home
    for entry in state.iterdir():
        if entry.is_file():
            entry.unlink()
        else:
            shutil.rmtree(entry)
    with postgres.running(state, durable=False) as second, psycopg.connect(second) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
    assert first != second
    assert home == postgres._server(state).home or not home.exists()


def test_a_deep_folder_does_not_make_the_socket_too_long(tmp_path: Path) -> None:
    deep = postgres.Server(tmp_path / ("d" * 90), "secret", None)
    assert len(str(deep.sockets / ".s.PGSQL.5432.lock")) <= 107
    assert deep.sockets != postgres.Server(tmp_path / ("e" * 90), "secret", None).sockets
    assert postgres.Server(Path("/srv/state/postgres"), "secret", None).sockets == Path("/srv/state/postgres/socket")

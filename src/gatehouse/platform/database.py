"""Plain SQL on Django's own connection and in its transaction, for the few statements that run at every passage."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any, cast

import psycopg
from django.db import connection

Parameters = Sequence[Any] | Mapping[str, Any]


def rows(sql: str, parameters: Parameters = ()) -> list[tuple[Any, ...]]:
    """Run one statement that returns rows, prepared on the server from its first use. Raises `django.db.Error`."""
    with connection.wrap_database_errors:
        return _executed(sql, parameters).fetchall()


def run(sql: str, parameters: Parameters = ()) -> None:
    """As `rows`, for a statement that returns none."""
    with connection.wrap_database_errors:
        _executed(sql, parameters)


def insert(table: str, **values: Any) -> None:
    """Insert one row. Table and columns are the caller's literals; JSON is given as text."""
    run(_insert_statement(table, tuple(values)), tuple(values.values()))


def lock_for_transaction(name: str) -> None:
    """Let one transaction at a time pass, of all that ask for this name; the others wait until it ends."""
    run("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])


@contextmanager
def one_of(name: str, places: int) -> Iterator[bool]:
    """Hold one of so many places of this name, in all processes together; False where all are held by others.

    Whoever is killed lets go with their connection.
    """
    for place in range(places):
        key = f"{name} {place}"
        if rows("SELECT pg_try_advisory_lock(hashtextextended(%s, 0))", [key])[0][0]:
            try:
                yield True
            finally:
                rows("SELECT pg_advisory_unlock(hashtextextended(%s, 0))", [key])
            return
    yield False


def share_for_transaction(name: str) -> None:
    """As `lock_for_transaction`, but beside all others who share: only who locks waits for them, and they for it."""
    run("SELECT pg_advisory_xact_lock_shared(hashtextextended(%s, 0))", [name])


def _executed(sql: str, parameters: Parameters) -> psycopg.Cursor[tuple[Any, ...]]:
    connection.validate_no_broken_transaction()
    return psycopg.Cursor(_server()).execute(cast("Any", sql), parameters, prepare=True)


def _server() -> psycopg.Connection[Any]:
    connection.ensure_connection()
    return cast("psycopg.Connection[Any]", connection.connection)


@cache
def _insert_statement(table: str, columns: tuple[str, ...]) -> str:
    places = ", ".join(["%s"] * len(columns))
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places})"  # noqa: S608

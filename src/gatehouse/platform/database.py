"""Plain SQL on Django's own connection and in its transaction, for the few statements that run at every passage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, cast

import psycopg
from django.db import connection


def rows(sql: str, parameters: Sequence[Any] | Mapping[str, Any] = ()) -> list[tuple[Any, ...]]:
    """Run one statement, prepared on the server from its first use; gives its rows, none where it returns none.

    Errors are those of `django.db`, as elsewhere.
    """
    connection.ensure_connection()
    with connection.wrap_database_errors:
        connection.validate_no_broken_transaction()
        server = cast("psycopg.Connection[Any]", connection.connection)
        with psycopg.Cursor(server) as cursor:
            cursor.execute(cast("Any", sql), parameters, prepare=True)
            return cursor.fetchall() if cursor.description else []


def insert(table: str, **values: Any) -> None:
    """Insert one row. Table and columns are the caller's literals; JSON is given as text."""
    rows(_insert_statement(table, tuple(values)), tuple(values.values()))


@cache
def _insert_statement(table: str, columns: tuple[str, ...]) -> str:
    places = ", ".join(["%s"] * len(columns))
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places})"  # noqa: S608

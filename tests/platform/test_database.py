from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction

from gatehouse.platform.database import insert, rows, run

pytestmark = pytest.mark.django_db


def test_rows_of_a_statement_and_none_where_it_returns_none() -> None:
    assert rows("SELECT %s + 1, %s::text", (41, "a")) == [(42, "a")]
    run("CREATE TEMPORARY TABLE kept (n int UNIQUE, said text)")
    insert("kept", n=1, said="x' OR true --")
    assert rows("SELECT n, said FROM kept WHERE n = %(n)s", {"n": 1}) == [(1, "x' OR true --")]


def test_it_runs_in_the_transaction_of_django_and_with_its_errors() -> None:
    run("CREATE TEMPORARY TABLE kept (n int UNIQUE)")
    insert("kept", n=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        insert("kept", n=1)
    assert rows("SELECT n FROM kept") == [(1,)]


def test_a_statement_is_prepared_on_the_server_from_its_first_use() -> None:
    rows("SELECT %s + 7 AS prepared", (1,))
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE 'SELECT $1 + 7 AS prepared'")
        assert cursor.fetchone() == (1,)

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction

from gatehouse.platform.insert_only import insert_only

pytestmark = pytest.mark.django_db


def test_rows_can_be_added_and_nothing_else() -> None:
    operation = insert_only("kept")
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE kept (n int)")
        cursor.execute(str(operation.sql))
        cursor.execute("INSERT INTO kept VALUES (1), (2)")
        for change in ("UPDATE kept SET n = 3", "DELETE FROM kept", "TRUNCATE kept"):
            with pytest.raises(IntegrityError, match="kept is insert-only"), transaction.atomic():
                cursor.execute(change)
        cursor.execute("SELECT n FROM kept ORDER BY n")
        assert cursor.fetchall() == [(1,), (2,)]
        cursor.execute(str(operation.reverse_sql))
        cursor.execute("UPDATE kept SET n = 3 WHERE n = 1")
        cursor.execute("SELECT n FROM kept ORDER BY n")
        assert cursor.fetchall() == [(2,), (3,)]

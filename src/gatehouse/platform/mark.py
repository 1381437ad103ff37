"""Which mode a database is of, and that no other mode writes to it.

The mark is one row that is never changed. Every connection of the program says its mode (`gatehouse.mode`) and is
compared with the mark when it opens; a trigger on each table compares the two once more, for whoever comes by another
way: a connection that says nothing counts as production. It guards against mistakes. Whoever owns the database and
means to can still drop a trigger.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

from gatehouse.kernel.errors import RefusedError
from gatehouse.platform.config import Mode, config

#: Where nothing real is kept and nobody learns, with the other modes that may open it; a connection that says nothing
#: (psql, pg_restore) may write there too. The tests try a program in production on what is theirs.
_ALSO = {Mode.DEMO: frozenset({Mode.TEST}), Mode.TEST: frozenset({Mode.DEMO, Mode.PRODUCTION})}

_SAID = "coalesce(nullif(current_setting('gatehouse.mode', true), ''), 'production')"

_UNGUARDED = """
SELECT format('%I.%I', n.nspname, c.relname)
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE c.relkind IN ('r', 'p') AND n.nspname = current_schema()
   AND NOT EXISTS (SELECT FROM pg_trigger t WHERE t.tgrelid = c.oid AND t.tgname = 'a_mode')
"""

# The condition stands in the function: that of a trigger is read anew for each statement, and a function is kept.
_REFUSE = """
CREATE OR REPLACE FUNCTION gatehouse_mode_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF {condition} THEN
        RAISE EXCEPTION 'this database is of another mode: nothing is written to % from here', TG_TABLE_NAME
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$
"""

# The name has it fire before the others.
_GUARD = """
CREATE TRIGGER a_mode BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION gatehouse_mode_refuse()
"""


def options(given: Mapping[str, Any], mode: Mode) -> dict[str, Any]:
    """The options of a connection that says its mode, beside what was given."""
    return {**given, "options": f"{given.get('options', '')} -c gatehouse.mode={mode.value}".strip()}


def compare(*, connection: BaseDatabaseWrapper, **kwargs: Any) -> None:
    """Close a connection to a database of another mode. Raises `RefusedError`."""
    mode = config().mode
    found = _marked(connection)
    if found is None and (mode is not Mode.TRAINING or not _has_records(connection)):
        return
    if found is mode or (found is not None and mode in _ALSO.get(found, ())):
        return
    connection.close()
    if found is None:
        raise RefusedError("the database holds records and no mark of a training: training needs one of its own")
    raise RefusedError(
        "the database is marked %(mark)s and this program runs as %(mode)s: nothing was read or written",
        mark=found.value,
        mode=mode.value,
    )


def guard(*, using: str = "default", **kwargs: Any) -> None:
    """Put the trigger on every table that has none yet."""
    from django.db import connections  # noqa: PLC0415

    connection = connections[using]
    found = _marked(connection)
    if found is None:
        return
    condition = f"{_SAID} = 'training'" if found in _ALSO else f"{_SAID} <> '{found.value}'"
    with connection.cursor() as cursor:
        cursor.execute(_UNGUARDED)
        tables = [table for (table,) in cursor.fetchall()]
        if tables:
            cursor.execute(_REFUSE.format(condition=condition))
        for table in tables:
            cursor.execute(_GUARD.format(table=table))


def _marked(connection: BaseDatabaseWrapper) -> Mode | None:
    """None where there is no mark: before the migration that makes it."""
    if not _exists(connection, "gatehouse_mark"):
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT mode FROM gatehouse_mark")
        (mode,) = cursor.fetchone()
    return Mode(mode)


def _has_records(connection: BaseDatabaseWrapper) -> bool:
    return _exists(connection, "django_migrations")


def _exists(connection: BaseDatabaseWrapper, table: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass(%s) IS NOT NULL", [table])
        (exists,) = cursor.fetchone()
    return bool(exists)

"""Tables whose rows are never changed: the database itself refuses, so that no code can forget to."""

from __future__ import annotations

from django.db.migrations.operations import RunSQL

_FORBID = """
CREATE FUNCTION {table}_is_insert_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '{table} is insert-only: a correction is a new row'
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER {table}_insert_only BEFORE UPDATE OR DELETE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION {table}_is_insert_only();
CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION {table}_is_insert_only();
"""
_ALLOW = """
DROP TRIGGER {table}_insert_only ON {table};
DROP TRIGGER {table}_no_truncate ON {table};
DROP FUNCTION {table}_is_insert_only();
"""


def insert_only(table: str) -> RunSQL:
    """The operation of a migration after which rows of `table` can be added and nothing else."""
    return RunSQL(_FORBID.format(table=table), _ALLOW.format(table=table))

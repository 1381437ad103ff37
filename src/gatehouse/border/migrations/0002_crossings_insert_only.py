"""The database itself refuses to change or delete a crossing."""

from django.db import migrations

FORBID = """
CREATE FUNCTION border_crossing_is_insert_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a crossing is never changed or deleted: a correction is a new row' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER border_crossing_insert_only BEFORE UPDATE OR DELETE ON border_crossing
    FOR EACH STATEMENT EXECUTE FUNCTION border_crossing_is_insert_only();
CREATE TRIGGER border_crossing_no_truncate BEFORE TRUNCATE ON border_crossing
    FOR EACH STATEMENT EXECUTE FUNCTION border_crossing_is_insert_only();
"""
ALLOW = """
DROP TRIGGER border_crossing_insert_only ON border_crossing;
DROP TRIGGER border_crossing_no_truncate ON border_crossing;
DROP FUNCTION border_crossing_is_insert_only();
"""


class Migration(migrations.Migration):
    dependencies = [("border", "0001_initial")]
    operations = [migrations.RunSQL(FORBID, ALLOW)]

"""The mark of a database: in which mode it was made. One row, which nobody changes. `gatehouse.platform.mark` reads it."""

from django.db import migrations

from gatehouse.platform.insert_only import insert_only

_MARK = """
CREATE TABLE gatehouse_mark (
    only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
    mode text NOT NULL CHECK (mode IN ('production', 'demo', 'training', 'test')),
    marked_at timestamptz NOT NULL DEFAULT now()
);
INSERT INTO gatehouse_mark (mode)
SELECT coalesce(nullif(current_setting('gatehouse.mode', true), ''), 'production');
"""


class Migration(migrations.Migration):
    dependencies = [("platform", "0011_emergencies")]
    operations = [
        migrations.RunSQL(_MARK, "DROP TABLE gatehouse_mark"),
        insert_only("gatehouse_mark"),
    ]

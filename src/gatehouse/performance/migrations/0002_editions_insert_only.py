"""What was written or published stays as it was."""

from django.db import migrations

from gatehouse.platform.insert_only import insert_only


class Migration(migrations.Migration):
    dependencies = [("performance", "0001_editions")]
    operations = [
        insert_only("performance_narrativepart"),
        insert_only("performance_publishedvalue"),
        insert_only("performance_edition"),
    ]

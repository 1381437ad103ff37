"""A target that was set stays: a change is a new row with its reason."""

from django.db import migrations

from gatehouse.platform.insert_only import insert_only


class Migration(migrations.Migration):
    dependencies = [("performance", "0003_targets")]
    operations = [insert_only("performance_indicatortarget")]

"""What was recorded stays: the register, the ledger, its amendments and what was published."""

from django.db import migrations

from gatehouse.platform.insert_only import insert_only


class Migration(migrations.Migration):
    dependencies = [("monitoring", "0001_initial")]
    operations = [
        insert_only("monitoring_asset"),
        insert_only("monitoring_assetstatus"),
        insert_only("monitoring_stateinterval"),
        insert_only("monitoring_amendment"),
        insert_only("monitoring_amendmentanswer"),
        insert_only("monitoring_monthpublication"),
    ]

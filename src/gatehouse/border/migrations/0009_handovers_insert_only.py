"""A handover stays as it was given, and who took it over stays."""

from django.db import migrations

from gatehouse.platform.insert_only import insert_only


class Migration(migrations.Migration):
    dependencies = [("border", "0008_handovers")]
    operations = [insert_only("border_handover"), insert_only("border_handovertaken")]

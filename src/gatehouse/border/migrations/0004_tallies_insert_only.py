"""A tally stays as it was recorded."""

from django.db import migrations

from gatehouse.platform.insert_only import insert_only


class Migration(migrations.Migration):
    dependencies = [("border", "0003_tallies")]
    operations = [insert_only("border_passagetally"), insert_only("border_enrolmenttally")]

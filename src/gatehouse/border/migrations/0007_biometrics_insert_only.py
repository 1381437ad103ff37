"""What was compared, captured and judged stays as it was recorded."""

from django.db import migrations

from gatehouse.platform.insert_only import insert_only


class Migration(migrations.Migration):
    dependencies = [("border", "0006_biometrics")]
    operations = [insert_only("border_comparison"), insert_only("border_capture"), insert_only("border_judgement")]

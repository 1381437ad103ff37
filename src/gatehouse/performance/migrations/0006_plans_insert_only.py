"""What was recorded of plans stays as it was: a correction is a new revision."""

from django.db import migrations

from gatehouse.platform.insert_only import insert_only

TABLES = (
    "plan", "planterms", "milestone", "planevent", "review", "budgetitem", "budgetmovement", "contract", "deliverable",
    "deliverableround", "fact",
)  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("performance", "0005_plans")]
    operations = [insert_only(f"performance_{table}") for table in TABLES]

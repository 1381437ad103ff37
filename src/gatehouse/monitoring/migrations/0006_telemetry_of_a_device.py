"""A record of telemetry is known by its device and the device's own id: an id of another device is another record."""

import django.db.models.fields.composite
from django.db import migrations, models

_KEY = "ALTER TABLE monitoring_telemetryrecord DROP CONSTRAINT monitoring_telemetryrecord_pkey, ADD PRIMARY KEY ({});"


class Migration(migrations.Migration):
    dependencies = [
        ("monitoring", "0005_telemetry"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(_KEY.format("device, id"), _KEY.format("id"))],
            # Django changes no primary key in place; what it knows of the table is said anew.
            state_operations=[
                migrations.DeleteModel("TelemetryRecord"),
                migrations.CreateModel(
                    name="TelemetryRecord",
                    fields=[
                        (
                            "pk",
                            django.db.models.fields.composite.CompositePrimaryKey(
                                "device", "id", blank=True, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("id", models.UUIDField(editable=False)),
                        ("device", models.CharField(max_length=32)),
                        ("kind", models.CharField(max_length=16)),
                        ("component", models.CharField(blank=True, max_length=120)),
                        ("at", models.DateTimeField()),
                        ("received_at", models.DateTimeField()),
                        ("facts", models.JSONField(default=dict)),
                        ("timings_ms", models.JSONField(default=dict)),
                    ],
                    options={
                        "indexes": [models.Index(fields=["device", "received_at"], name="monitoring_telemetry_device")],
                    },
                ),
            ],
        ),
    ]

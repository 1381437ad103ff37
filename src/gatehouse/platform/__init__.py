"""What every room with state stands on: settings, the database, profiles, accounts and who may do what."""


def setup() -> None:
    """Make Django ready for a command that needs the store. Idempotent."""
    import os  # noqa: PLC0415

    import django  # noqa: PLC0415

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gatehouse.platform.settings")
    django.setup()

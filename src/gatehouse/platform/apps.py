from django.apps import AppConfig


class PlatformConfig(AppConfig):
    name = "gatehouse.platform"
    label = "platform"

    def ready(self) -> None:
        from django.db.backends.signals import connection_created  # noqa: PLC0415
        from django.db.models.signals import post_migrate  # noqa: PLC0415

        from gatehouse.platform import checks, mark  # noqa: F401, PLC0415

        # What belongs to every connection and to every table, whoever opens or makes it: no flow of business.
        connection_created.connect(mark.compare, dispatch_uid="gatehouse.mark")
        post_migrate.connect(mark.guard, sender=self, dispatch_uid="gatehouse.mark")

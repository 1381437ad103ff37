from django.apps import AppConfig


class PlatformConfig(AppConfig):
    name = "gatehouse.platform"
    label = "platform"

    def ready(self) -> None:
        from gatehouse.platform import checks  # noqa: F401, PLC0415

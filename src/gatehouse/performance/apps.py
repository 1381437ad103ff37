from django.apps import AppConfig


class PerformanceConfig(AppConfig):
    name = "gatehouse.performance"
    label = "performance"

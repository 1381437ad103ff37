from django.apps import AppConfig


class MonitoringConfig(AppConfig):
    name = "gatehouse.monitoring"
    label = "monitoring"

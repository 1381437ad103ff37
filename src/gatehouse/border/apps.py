from django.apps import AppConfig


class BorderConfig(AppConfig):
    name = "gatehouse.border"
    label = "border"

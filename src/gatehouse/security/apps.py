from django.apps import AppConfig


class SecurityConfig(AppConfig):
    name = "gatehouse.security"
    label = "security"

from django.apps import AppConfig


class TravellersConfig(AppConfig):
    name = "gatehouse.travellers"
    label = "travellers"

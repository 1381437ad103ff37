from django.apps import AppConfig


class WatchlistConfig(AppConfig):
    name = "gatehouse.watchlist"
    label = "watchlist"

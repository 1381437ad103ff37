from django.urls import path

from gatehouse.web.wall import views

urlpatterns = [
    path("", views.wall, name="wall"),
    path("stream/", views.stream, name="wall_stream"),
]

"""Where everything is served: the screens at the root, the machine API below /edge/."""

from django.urls import include, path

urlpatterns = [
    path("edge/", include("gatehouse.edge.routes")),
    path("", include("gatehouse.web.urls")),
]

handler404 = "gatehouse.web.home.not_found"
handler500 = "gatehouse.web.home.broken"

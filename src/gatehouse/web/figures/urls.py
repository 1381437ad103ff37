from django.urls import path

from gatehouse.web import converters  # noqa: F401 (registers what stands in the addresses)
from gatehouse.web.figures import views

urlpatterns = [
    path("", views.crossings, name="figures"),
    path("crossings/<day:day>/<str:port>/<direction:direction>/", views.evidence, name="figure_evidence"),
    path("crossings/<day:day>/<str:port>/<direction:direction>/records/", views.records, name="figure_records"),
]

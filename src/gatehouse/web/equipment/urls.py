from django.urls import path

from gatehouse.web import converters  # noqa: F401 (registers what stands in the addresses)
from gatehouse.web.equipment import amendments, views

urlpatterns = [
    path("", views.overview, name="equipment"),
    path("publish/", views.publish, name="equipment_publish"),
    path("amendments/", amendments.amendments, name="amendments"),
    path("amendments/<int:number>/", amendments.answer, name="amendment_answer"),
    path("<assetclass:asset_class>/", views.one_class, name="equipment_class"),
]

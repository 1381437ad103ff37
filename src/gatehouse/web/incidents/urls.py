from django.urls import path

from gatehouse.web.incidents import views

urlpatterns = [
    path("", views.incidents, name="incidents"),
    path("<int:number>/", views.one, name="incident"),
]

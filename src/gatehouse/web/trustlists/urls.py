from django.urls import path

from gatehouse.web.trustlists import views

urlpatterns = [
    path("", views.countries, name="trustlists"),
    path("history/", views.history, name="trust_history"),
    path("history/<int:number>/", views.changes, name="trust_changes"),
    path("countries/<str:code>/", views.country, name="trust_country"),
]

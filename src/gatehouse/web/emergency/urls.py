from django.urls import path

from gatehouse.web.emergency import views

urlpatterns = [
    path("", views.emergency, name="emergency"),
    path("reviews/", views.reviews, name="emergency_reviews"),
]

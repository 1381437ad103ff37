from django.urls import path

from gatehouse.web.accesslog import views

urlpatterns = [path("", views.access_log, name="accesslog")]

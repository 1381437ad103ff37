from django.urls import path

from gatehouse.web import converters  # noqa: F401 (registers what stands in the addresses)
from gatehouse.web.performance import audit, dashboard, desk, editions, figure, indicator, plan, publishing

urlpatterns = [
    path("", dashboard.latest, name="performance"),
    path("audit/", audit.audit, name="performance_audit"),
    path("<int:year>/", dashboard.year, name="performance_year"),
    path("<int:year>/plans/<slug:code>/", plan.plan, name="performance_plan"),
    path("<int:year>/indicators/<figure:id>/", indicator.indicator, name="performance_indicator"),
    path("<int:year>/figures/<figure:id>/", figure.figure, name="performance_figure"),
    path("<int:year>/report/", desk.desk, name="performance_desk"),
    path("<int:year>/report/parts/<slug:part>/", desk.write, name="performance_part"),
    path("<int:year>/report/draft/<format:format>/", editions.draft_file, name="performance_draft_file"),
    path("<int:year>/report/publish/", publishing.publish, name="performance_publish"),
    path("<int:year>/report/editions/<int:number>/", editions.edition, name="performance_edition"),
    path(
        "<int:year>/report/editions/<int:number>/<format:format>/",
        editions.edition_file,
        name="performance_edition_file",
    ),
]

from __future__ import annotations

from datetime import date

import pytest
from tests.web.performance.year import SOUTH, load

from gatehouse.performance.api import PlanYear, plan_year
from gatehouse.platform.actors import Actor
from gatehouse.web.clock import CLOCK
from gatehouse.web.performance.gantt import LEFT, RIGHT, WIDTH, gantt

pytestmark = pytest.mark.django_db
_DAY = (WIDTH - LEFT - RIGHT) / 365


@pytest.fixture
def south() -> PlanYear:
    load()
    return plan_year(SOUTH, 112, clock=CLOCK, reader=Actor.system("test"))


def test_a_planned_bar_covers_its_days_both_included(south: PlanYear) -> None:
    review = gantt(south).rows[0]
    assert (review.milestone.facts.starts, review.milestone.facts.ends) == (date(2023, 1, 1), date(2023, 4, 30))
    assert review.planned.x == LEFT
    assert review.planned.width == pytest.approx(120 * _DAY, abs=0.1)


def test_what_began_in_an_earlier_year_is_cut_at_the_edge_and_says_so(south: PlanYear) -> None:
    tender = gantt(south).rows[1]
    assert tender.done_days == (date(2021, 6, 15), date(2023, 9, 25))
    assert tender.done is not None
    assert (tender.done.x, tender.done.before, tender.done.after) == (LEFT, True, False)


def test_failed_tenders_of_the_year_alone_are_marked(south: PlanYear) -> None:
    [failed] = gantt(south).rows[1].failed
    assert failed == pytest.approx(LEFT + (date(2023, 6, 6) - date(2023, 1, 1)).days * _DAY, abs=0.1)


def test_a_suspension_that_lasts_is_drawn_to_the_day_of_the_page(south: PlanYear) -> None:
    chart = gantt(south)
    shoring = chart.rows[2]
    assert shoring.suspended_days == ((date(2023, 12, 20), None),)
    [bar] = shoring.suspended
    assert bar.x + bar.width == pytest.approx(chart.today, abs=0.2)
    assert chart.today == WIDTH - RIGHT


def test_what_has_not_begun_has_no_bar(south: PlanYear) -> None:
    basement = gantt(south).rows[3]
    assert (basement.done, basement.done_days, basement.suspended) == (None, None, ())

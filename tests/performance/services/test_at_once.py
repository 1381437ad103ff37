"""Several people record something of one plan at the same moment."""

from __future__ import annotations

from functools import partial
from threading import Thread
from typing import Any

import pytest
from tests.concurrency import at_once
from tests.performance.making import NAME, event, milestone, movement, record, terms
from tests.performance.shipped import CLOCK, PUBLISHER, WRITER, YEARS, load

from gatehouse.kernel.errors import RefusedError
from gatehouse.performance import models
from gatehouse.performance.domain import records
from gatehouse.performance.domain.report import Report
from gatehouse.performance.selectors.facts import fact_entries
from gatehouse.performance.selectors.reports import edition_of, narrative_of, report_of
from gatehouse.performance.services import editions
from gatehouse.performance.services.budget import budget_item_open, budget_movement_record
from gatehouse.performance.services.editions import edition_publish, narrative_write
from gatehouse.performance.services.facts import fact_withdraw
from gatehouse.performance.services.plans import milestone_set, plan_event_record, plan_register

pytestmark = pytest.mark.django_db(transaction=True)
WHO: dict[str, Any] = {"clock": CLOCK, "actor": WRITER}


def test_one_record_that_four_send_at_once_is_kept_once() -> None:
    assert sorted(at_once(*[partial(plan_register, **WHO, plan=terms())] * 4)) == [False, False, False, True]
    milestone_set(**WHO, plan="house", milestone=milestone())
    begin = partial(plan_event_record, **WHO, plan="house", event=event("begin", "start", "2023-02-01", "works"))
    assert sorted(at_once(*[begin] * 4)) == [False, False, False, True]
    assert (models.Plan.objects.count(), models.PlanEvent.objects.count()) == (1, 1)


def test_two_payments_at_once_do_not_overdraw_an_item() -> None:
    plan_register(**WHO, plan=terms())
    budget_item_open(**WHO, plan="house", item=record(records.Item, "works", name=NAME, kind="works"))
    budget_movement_record(**WHO, plan="house", movement=movement("a", "allocation", 100))
    pay = [
        partial(budget_movement_record, **WHO, plan="house", movement=movement(code, "payment", 60))
        for code in ("p1", "p2")
    ]
    got = at_once(*pay)
    assert [type(each) for each in got if each is not True] == [RefusedError]
    assert models.BudgetMovement.objects.filter(kind="payment").count() == 1


def test_the_same_year_loaded_twice_at_once_is_there_once() -> None:
    got = at_once(partial(load, YEARS / "112"), partial(load, YEARS / "112"))
    assert sorted(len(each[112]) for each in got)[0] == 0
    assert (models.Fact.objects.count(), models.BudgetMovement.objects.count()) == (61, 48)


def test_nothing_is_recorded_while_an_edition_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    load(YEARS)
    was = [part.text for part in narrative_of(112)]
    taken_back: dict[str, Any] = {"group": "big-data-dashboards", "code": "small-links", "reason": "it was none"}
    writing: dict[str, Any] = {"year": 112, "part": "others", "position": 9, "text": "肆、其他"}
    threads = [
        Thread(target=lambda: at_once(partial(fact_withdraw, **WHO, **taken_back))),
        Thread(target=lambda: at_once(partial(narrative_write, **WHO, **writing))),
    ]

    def meanwhile(*arguments: Any, **named: Any) -> Report:
        for thread in threads:
            thread.start()
        threads[0].join(0.5)
        assert [thread.is_alive() for thread in threads] == [True, True]
        return report_of(*arguments, **named)

    monkeypatch.setattr(editions, "report_of", meanwhile)
    assert edition_publish(clock=CLOCK, actor=PUBLISHER, year=112) == 1
    for thread in threads:
        thread.join(30)
    published = edition_of(112)
    assert published is not None
    assert [run.printed for run in published.figure_runs() if run.figure == "big-data.dashboards"] == ["6"]
    now = {entry.id: entry.figure for entry in fact_entries(112, clock=CLOCK, reader=WRITER)}
    assert now["big-data.dashboards"] is not None
    assert now["big-data.dashboards"].value == 5
    assert [part.text for part in narrative_of(112)] != was

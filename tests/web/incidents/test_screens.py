"""Incidents on the screen: what is open first, one key to take care of it, and what was done."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from playwright.sync_api import Page, expect
from tests.monitoring.equipment import gate, register
from tests.web.screens import LANGUAGES, THEMES, assert_accessible, picture

from gatehouse.kernel.clock import FixedClock
from gatehouse.monitoring.api import (
    Observation,
    State,
    StepKind,
    dependencies_record,
    incidents_of,
    incidents_update,
    observations_record,
)
from gatehouse.monitoring.models import IncidentStep
from gatehouse.platform.actors import Actor
from gatehouse.platform.models import User
from gatehouse.platform.permissions import Role
from gatehouse.web.clock import CLOCK

pytestmark = pytest.mark.django_db(transaction=True)
Open = Callable[..., Page]
Person = Callable[..., User]
MONITOR = Actor.system("monitor")


def failed() -> int:
    """A switch that took two lanes with it three minutes ago; the number of the incident."""
    register(gate("TPE-SW-1", hall="T1"), gate("TPE-EG-1", hall="T1"), gate("TPE-EG-2", hall="T1"))
    now = CLOCK.now()
    dependencies_record(clock=CLOCK, actor=MONITOR, pairs=[("TPE-EG-1", "TPE-SW-1"), ("TPE-EG-2", "TPE-SW-1")])
    at = now - timedelta(minutes=3)
    said = [
        Observation(tag, State.DOWN, "probe", at, timedelta(hours=1)) for tag in ("TPE-SW-1", "TPE-EG-1", "TPE-EG-2")
    ]
    observations_record(clock=FixedClock(at), actor=MONITOR, observations=said)
    (number,) = incidents_update(clock=CLOCK, actor=MONITOR).opened
    return number


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("theme", THEMES)
def test_the_incidents_are_accessible(open_screen: Open, person: Person, language: str, theme: str) -> None:
    user = person(Role.ENGINEER)
    page = open_screen("/incidents/", user=user, language=language, theme=theme)
    assert_accessible(page)
    failed()
    page.reload()
    expect(page.locator("tbody tr")).to_have_count(1)
    assert_accessible(page)
    picture(page, f"incidents-{language}-{theme}")
    page.wait_for_timeout(500)  # ⏎ accepts nothing in the first moment of a page
    page.keyboard.press("Enter")
    expect(page.locator(".steps li")).to_have_count(1)
    assert_accessible(page)
    picture(page, f"incident-{language}-{theme}")


def test_one_key_takes_care_of_an_incident_and_steps_say_what_was_done(open_screen: Open, person: Person) -> None:
    number = failed()
    page = open_screen(f"/incidents/{number}/", user=person(Role.ENGINEER))
    page.wait_for_timeout(500)  # ⏎ accepts nothing in the first moment of a page
    page.keyboard.press("Enter")
    expect(page.locator(".steps")).to_contain_text("acknowledged")
    page.get_by_label("Step", exact=True).select_option("repair")
    page.get_by_label("What was found or done").fill("Power supply replaced.")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".steps li")).to_have_count(3)
    expect(page.locator(".steps li").last).to_contain_text("Power supply replaced.")
    steps = IncidentStep.objects.order_by("id").values_list("kind", "by")
    assert list(steps) == [("opened", "system:monitor"), ("acknowledged", "user:engineer"), ("repair", "user:engineer")]


def test_a_step_without_a_word_is_an_error_that_says_what_to_do(client: Client, person: Person) -> None:
    number = failed()
    client.force_login(person(Role.SUPERVISOR))
    answer = client.post(f"/incidents/{number}/", {"kind": "note", "note": " "}, headers={"Accept-Language": "en"})
    assert answer.status_code == 400
    assert "Say what was found or done." in answer.content.decode()
    assert IncidentStep.objects.count() == 1


def test_who_may_only_read_handles_nothing(client: Client, person: Person) -> None:
    number = failed()
    client.force_login(person(Role.ANALYST))
    page = client.get(f"/incidents/{number}/")
    assert page.status_code == 200
    assert b'name="acknowledge"' not in page.content
    with pytest.raises(Exception, match=r"monitoring\.handle"):
        client.post(f"/incidents/{number}/", {"acknowledge": "1"})
    (view,) = incidents_of(reader=MONITOR)
    assert [step.kind for step in view.steps] == [StepKind.OPENED]


def test_an_incident_that_is_none_has_no_page(client: Client, person: Person) -> None:
    client.force_login(person(Role.ENGINEER))
    assert client.get("/incidents/7/").status_code == 404


def test_the_wall_shows_what_is_open_and_that_nobody_cares_yet(open_screen: Open, person: Person) -> None:
    failed()
    page = open_screen("/wall/", user=person(Role.DISPLAY))
    expect(page.locator(".wall-troubles li")).to_have_count(1)
    expect(page.locator(".wall-troubles")).to_contain_text("TPE-SW-1 +2")
    expect(page.locator(".wall-troubles")).to_contain_text("nobody yet")
    picture(page, "wall-incident")

"""The wall in a browser: readable from far, live by itself, and honest when it hears nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect
from tests.monitoring.equipment import gate, register
from tests.web.screens import LANGUAGES, THEMES, assert_accessible, picture

from gatehouse.kernel.clock import FixedClock
from gatehouse.monitoring.api import (
    Asset,
    AssetClass,
    Observation,
    Since,
    State,
    Status,
    observations_record,
    pulse_record,
)
from gatehouse.platform.actors import Actor
from gatehouse.platform.models import User
from gatehouse.platform.permissions import Role
from gatehouse.web.clock import CLOCK
from gatehouse.web.wall.views import BOARDS, DAYS

pytestmark = pytest.mark.django_db(transaction=True)
Open = Callable[..., Page]
Person = Callable[..., User]
DEVICE = Actor.system("telemetry")
WALL = {"width": 1920, "height": 1080}


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    """Nothing is shown that another test drew."""
    for kept in (BOARDS, DAYS):
        kept.clear()
    yield
    for kept in (BOARDS, DAYS):
        kept.clear()


def said(tag: str, state: State) -> None:
    word = Observation(tag, state, "probe", CLOCK.now(), timedelta(minutes=10))
    observations_record(clock=CLOCK, actor=DEVICE, observations=[word])


def equipped() -> None:
    """Five gates that are up in Terminal 1, a switch that is down at Kaohsiung, a desk that nobody hears."""
    history = gate().history
    switch = Asset("KHH-SW-1", AssetClass.SWITCH, "KHH", history, "test")
    desk = Asset("TSA-WS-1", AssetClass.WORKSTATION, "TSA", (Since(Status.IN_SERVICE, history[0].day),), "test")
    register(*(gate(f"TPE-EG-{number}", hall="T1") for number in range(1, 6)), switch, desk)
    for number in range(1, 6):
        said(f"TPE-EG-{number}", State.UP)
    said("KHH-SW-1", State.DOWN)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("theme", THEMES)
def test_a_monitor_that_is_dead_is_seen_from_afar(open_screen: Open, person: Person, language: str, theme: str) -> None:
    equipped()
    for name, ago in (("monitor", 600), ("canary", 10)):
        at = FixedClock(CLOCK.now() - timedelta(seconds=ago))
        pulse_record(clock=at, actor=DEVICE, name=name, every=timedelta(seconds=30))
    page = open_screen("/wall/", user=person(Role.DISPLAY), language=language, theme=theme)
    page.set_viewport_size(WALL)  # type: ignore[arg-type]
    expect(page.get_by_role("alert")).to_contain_text("monitor")
    expect(page.get_by_role("alert")).not_to_contain_text("canary")
    assert page.evaluate("document.documentElement.scrollHeight <= innerHeight")  # nobody scrolls a wall
    assert_accessible(page)
    picture(page, f"wall-silent-{language}-{theme}")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("theme", THEMES)
def test_the_wall_is_accessible_and_readable_from_four_metres(
    open_screen: Open, person: Person, language: str, theme: str
) -> None:
    user = person(Role.DISPLAY)
    page = open_screen("/wall/", user=user, language=language, theme=theme)
    page.set_viewport_size(WALL)  # type: ignore[arg-type]
    assert_accessible(page)
    equipped()
    expect(page.locator(".lane-green")).to_have_count(5)
    assert_accessible(page)
    picture(page, f"wall-{language}-{theme}")
    assert page.evaluate("document.documentElement.scrollHeight <= innerHeight")
    smallest = page.evaluate(
        """() => Math.min(...[...document.querySelectorAll("body *:not(svg *):not(.visually-hidden)")]
          .filter(each => [...each.childNodes].some(node => node.nodeType === 3 && node.data.trim()))
          .map(each => parseFloat(getComputedStyle(each).fontSize)))"""
    )
    # 1.25 hundredths of the width: 22 mm in capitals on a wall of 2.4 m. ISO 9241-303 asks for 16 minutes of arc.
    assert smallest >= 1.25 * WALL["width"] / 100


def test_a_change_shows_by_itself(open_screen: Open, person: Person) -> None:
    equipped()
    page = open_screen("/wall/", user=person(Role.ENGINEER))
    expect(page.locator(".lane-red")).to_have_count(0)
    said("TPE-EG-3", State.DOWN)
    expect(page.locator(".lane-red")).to_have_count(1)
    expect(page.locator(".wall-troubles")).to_contain_text("TPE-EG-3")
    expect(page.locator(".wall-hall h2")).to_contain_text("4/5")


def test_without_news_the_wall_says_that_it_is_old(open_screen: Open, person: Person) -> None:
    equipped()
    page = open_screen("/wall/", user=person(Role.SUPERVISOR))
    expect(page.locator("[data-wall-news]")).to_have_text("● live")
    page.clock.install()
    page.route("**/wall/stream/", lambda route: None)  # the server takes the question and never answers
    page.reload()
    page.clock.run_for(16_000)
    expect(page.locator("[data-wall-news]")).to_contain_text("NO NEWS FOR 1")
    assert page.locator("[data-wall-news]").get_attribute("data-state") == "stale"


def test_without_script_it_stands_there_all_the_same(open_screen: Open, person: Person) -> None:
    equipped()
    page = open_screen("/wall/", user=person(Role.DISPLAY), script=False)
    expect(page.locator(".lane-green")).to_have_count(5)
    expect(page.locator(".wall-troubles li")).to_have_count(2)

"""Equipment: availability against targets, halls as k of n, amendments by two people, and months that freeze."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from playwright.sync_api import Page, expect
from tests.border import desk
from tests.monitoring.equipment import gate, register
from tests.web.screens import LANGUAGES, THEMES, assert_accessible, picture

from gatehouse.border.api import (
    Channel,
    CrossingFacts,
    CrossingKey,
    Direction,
    MonthPassages,
    Who,
    crossing_record,
    passage_tallies_record,
)
from gatehouse.kernel.clock import FixedClock
from gatehouse.monitoring.api import State, amendments_of, intervals_record
from gatehouse.monitoring.domain.availability import Interval
from gatehouse.monitoring.domain.period import microseconds
from gatehouse.monitoring.models import MonthPublication
from gatehouse.platform.actors import Actor
from gatehouse.platform.models import User
from gatehouse.platform.permissions import Role
from gatehouse.web.clock import CLOCK

pytestmark = pytest.mark.django_db(transaction=True)
Open = Callable[..., Page]
Person = Callable[..., User]
MONITOR = Actor.system("monitor")
#: The first day of the month before this one.
LAST_MONTH = (CLOCK.now().replace(day=1, hour=0, minute=0, second=0, microsecond=0) - timedelta(days=2)).replace(day=1)
MONTH = f"{LAST_MONTH:%Y-%m}"


def equipped() -> None:
    """Five gates of Terminal 1, up since long; two of them down for six hours of last month."""
    register(*(gate(f"TPE-EG-{number}", hall="T1") for number in range(1, 6)))
    since, day = microseconds(LAST_MONTH - timedelta(days=60)), microseconds(LAST_MONTH + timedelta(days=9))
    up = [Interval(f"TPE-EG-{n}", since, None, State.UP, "probe", since) for n in range(1, 6)]
    ends = day + 6 * 3_600_000_000
    down = [Interval(f"TPE-EG-{n}", day, ends, State.DOWN, "engineer", ends) for n in (1, 2)]
    intervals_record(clock=FixedClock(CLOCK.now()), actor=MONITOR, intervals=[*up, *down], archived=True)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("theme", THEMES)
def test_the_screens_are_accessible(open_screen: Open, person: Person, language: str, theme: str) -> None:
    user = person(Role.SUPERVISOR)
    page = open_screen(f"/equipment/?month={MONTH}", user=user, language=language, theme=theme)
    assert_accessible(page)
    equipped()
    page.reload()
    expect(page.locator("tbody tr")).to_have_count(1)
    assert_accessible(page)
    picture(page, f"equipment-{language}-{theme}")
    page.locator("tbody a").click()
    expect(page.locator("#devices-title")).to_be_visible()
    assert_accessible(page)
    picture(page, f"equipment-class-{language}-{theme}")
    page.goto(page.url.split("/equipment/")[0] + "/equipment/amendments/")
    assert_accessible(page)
    picture(page, f"amendments-{language}-{theme}")


def test_a_class_is_measured_against_its_target_and_a_hall_as_one(open_screen: Open, person: Person) -> None:
    equipped()
    page = open_screen(f"/equipment/?month={MONTH}", user=person(Role.ANALYST))
    row = page.locator("tbody tr")
    # 12 hours of 5 gates for a month: 28 days 99.64 %, 31 days 99.67 %.
    expect(row).to_contain_text("99.6")
    expect(row).to_contain_text("not reached")
    expect(page.get_by_role("button", name="Publish")).to_have_count(0)
    row.get_by_role("link").click()
    hall = page.locator("tbody").first.locator("tr")
    expect(hall).to_contain_text("80.00 %")
    expect(hall.locator("td").last).to_have_text("1")  # once three of five served, where four have to


def test_one_asks_and_another_confirms(open_screen: Open, person: Person) -> None:
    equipped()
    page = open_screen("/equipment/amendments/", user=person(Role.ENGINEER))
    page.get_by_label("Device").fill("TPE-EG-1")
    page.get_by_label("From").fill(f"{MONTH}-10T08:00")
    page.get_by_label("To", exact=True).fill(f"{MONTH}-10T14:00")
    page.get_by_label("Counts as").select_option("planned")
    page.get_by_label("Reason", exact=True).fill("Glass was replaced; announced by telephone.")
    page.keyboard.press("Control+Enter")
    expect(page.locator("article")).to_contain_text("somebody else answers")
    assert_accessible(page)
    other = open_screen("/equipment/amendments/", user=person(Role.SUPERVISOR))
    assert_accessible(other)
    picture(other, "amendments-waiting")
    other.get_by_role("button", name="Confirm").click()
    expect(other.locator("tbody tr")).to_contain_text("confirmed")
    (found,) = amendments_of(reader=MONITOR)
    assert (found.confirmed, found.answered_by, found.state) == (True, "user:supervisor", State.PLANNED)


def test_what_cannot_be_amended_is_told_on_the_form(client: Client, person: Person) -> None:
    client.force_login(person(Role.ENGINEER))
    given = {"device": "NONE", "start": f"{MONTH}-10T08:00", "end": f"{MONTH}-10T09:00", "state": "up", "reason": "x"}
    answer = client.post("/equipment/amendments/", given, headers={"Accept-Language": "en"})
    assert answer.status_code == 400
    assert "there is no asset NONE" in answer.content.decode()
    assert amendments_of(reader=MONITOR) == []


def test_a_month_that_is_over_is_published_once(client: Client, person: Person) -> None:
    equipped()
    client.force_login(person(Role.STATISTICIAN))
    assert client.post("/equipment/publish/", {"month": MONTH}).status_code == 302
    assert MonthPublication.objects.get().published_by == "user:statistician"
    page = client.get(f"/equipment/?month={MONTH}", headers={"Accept-Language": "en"})
    assert b"published" in page.content
    assert b"it changes no more" not in page.content
    client.post("/equipment/publish/", {"month": MONTH})
    assert MonthPublication.objects.count() == 1


@pytest.mark.parametrize("month", ["1999-01", "nonsense", ""])
def test_a_month_that_is_not_offered_is_an_error_that_can_be_mended(client: Client, person: Person, month: str) -> None:
    client.force_login(person(Role.ANALYST))
    assert client.get(f"/equipment/?month={month}").status_code == 400
    assert client.get(f"/equipment/e_gate/?month={month}").status_code == 400
    assert client.get("/equipment/teapot/").status_code == 404


def crossed(*hours: int) -> None:
    """One traveller at each of these hours (UTC) of the tenth of last month through the gates of Taoyuan."""
    for number, hour in enumerate(hours):
        moment = LAST_MONTH + timedelta(days=9, hours=hour, minutes=30)
        facts = CrossingFacts("TPE", Direction.EXIT, moment, desk.of_state("TWN", expiry_date="2040-01-31"))
        key = CrossingKey("TPE-EG-1", 1, number)
        crossing_record(clock=CLOCK, device=Actor.device("TPE-EG-1"), key=key, crossing=facts)


def test_a_hall_says_its_availability_by_travellers(client: Client, person: Person) -> None:
    equipped()
    crossed(1, 2, 12, 13, 14)  # two of the five while two of the five gates were down
    client.force_login(person(Role.ANALYST))
    page = client.get(f"/equipment/e_gate/?month={MONTH}", headers={"Accept-Language": "en"}).content.decode()
    # 2 x 3/5 + 3 of 5 travellers.
    assert '<th scope="col" class="number">By travellers</th>' in page
    assert '<td class="number">84.00 %</td>' in page
    assert "Travellers counted: 5 " in page


def test_a_month_of_tallies_says_that_its_travellers_are_not_counted(client: Client, person: Person) -> None:
    equipped()
    tally = MonthPassages(LAST_MONTH.date(), "TPE", Direction.EXIT, Who.NATIONALS, Channel.EGATE, 700, "test")
    passage_tallies_record(clock=CLOCK, actor=Actor.system("test"), tallies=[tally])
    client.force_login(person(Role.ANALYST))
    page = client.get(f"/equipment/e_gate/?month={MONTH}", headers={"Accept-Language": "en"}).content.decode()
    assert '<td class="number">not counted</td>' in page
    assert "only tallies are on record" in page
    assert "Travellers counted" not in page


def test_who_may_not_read_figures_sees_no_travellers(client: Client, person: Person) -> None:
    equipped()
    client.force_login(person(Role.ENGINEER))
    page = client.get(f"/equipment/e_gate/?month={MONTH}", headers={"Accept-Language": "en"}).content.decode()
    assert "The hall as one" in page
    assert "By travellers" not in page

"""From a figure to its evidence, and to the records behind it once a purpose was said."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from tests.web import waiting
from tests.web.screens import LANGUAGES, THEMES, assert_accessible, picture

from gatehouse.audit.api import looks_at
from gatehouse.border.api import CrossingFacts, CrossingKey, Direction, crossing_record
from gatehouse.border.models import Crossing
from gatehouse.platform.actors import Actor
from gatehouse.platform.models import User
from gatehouse.platform.permissions import Role
from gatehouse.web.clock import CLOCK

pytestmark = pytest.mark.django_db(transaction=True)
Open = Callable[..., Page]
Person = Callable[..., User]


def recorded(count: int, direction: Direction, *, days_ago: int = 0, first: int = 1) -> None:
    """Passages that a lane sent."""
    moment = timezone.localtime().replace(hour=12, minute=0) - timedelta(days=days_ago)
    for number in range(first, first + count):
        mrz = "\n".join(waiting.passport("JPN", 11 + number % 3).mrz_lines)
        crossing_record(
            clock=CLOCK,
            key=CrossingKey("TPE-A12", 1, number),
            crossing=CrossingFacts("TPE", direction, moment, mrz),
            device=Actor.device("TPE-A12"),
        )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("theme", THEMES)
def test_the_figures_are_accessible(open_screen: Open, person: Person, language: str, theme: str) -> None:
    user = person(Role.SUPERVISOR)
    page = open_screen("/figures/", user=user, language=language, theme=theme)
    assert_accessible(page)
    picture(page, f"figures-empty-{language}-{theme}")
    recorded(5, Direction.ENTRY, days_ago=1)
    recorded(3, Direction.EXIT, days_ago=1, first=6)
    recorded(7, Direction.ENTRY, days_ago=3, first=9)
    page.reload()
    assert_accessible(page)
    picture(page, f"figures-{language}-{theme}")
    page.locator(".figure-chip").first.click()
    assert_accessible(page)
    picture(page, f"figures-evidence-{language}-{theme}")


def test_a_figure_opens_onto_the_records_it_was_counted_from(open_screen: Open, person: Person) -> None:
    recorded(2, Direction.ENTRY)
    page = open_screen("/figures/", user=person(Role.SUPERVISOR))
    expect(page.locator(".figure-chip")).to_have_text("2 open the evidence")
    page.locator(".figure-chip").click()
    expect(page.locator(".summary-list")).to_contain_text("Digest (SHA-256)")
    page.get_by_role("link", name="Open the records behind it").click()
    page.get_by_role("button", name="Open the records").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose the purpose.")
    assert_accessible(page)
    travellers = set(Crossing.objects.values_list("traveller", flat=True))
    assert [look for one in travellers for look in looks_at(str(one))] == []
    page.get_by_label("Purpose").select_option("quality_control")
    page.get_by_label("Reason or case number").fill("monthly sample")
    page.keyboard.press("Enter")
    expect(page.locator("tbody tr")).to_have_count(2)
    assert_accessible(page)
    looks = [look for one in travellers for look in looks_at(str(one))]
    assert len(looks) == len(travellers)
    assert {(look.actor, look.purpose, look.detail["reason"]) for look in looks} == {
        ("user:supervisor", "quality_control", "monthly sample")
    }


def test_who_may_read_figures_alone_is_not_led_to_the_records(open_screen: Open, person: Person) -> None:
    recorded(1, Direction.EXIT)
    page = open_screen("/figures/", user=person(Role.STATISTICIAN))
    page.locator(".figure-chip").click()
    expect(page.get_by_role("link", name="Open the records behind it")).to_have_count(0)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("theme", THEMES)
def test_the_access_log_names_who_looked_and_why(open_screen: Open, person: Person, language: str, theme: str) -> None:
    recorded(1, Direction.ENTRY)
    page = open_screen("/access-log/", user=person(Role.DATA_PROTECTION_OFFICER), language=language, theme=theme)
    assert_accessible(page)
    page.locator("#id_traveller").fill(str(Crossing.objects.get().traveller))
    page.locator("#id_purpose").select_option("person_request")
    page.locator("#id_reason").fill("2026-17")
    page.keyboard.press("Enter")
    expect(page.locator("tbody tr")).to_have_count(1)  # asking is a look itself
    expect(page.locator("tbody")).to_contain_text("data_protection_officer")
    assert_accessible(page)
    picture(page, f"access-log-{language}-{theme}")

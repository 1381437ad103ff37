"""A shift is handed over on the screen, and the next crew is led to what was left."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from playwright.sync_api import Page, expect
from tests.web.screens import LANGUAGES, SHIFT, THEMES, assert_accessible, picture

from gatehouse.border.api import handover_give, shifts_to_hand_over
from gatehouse.border.models import Handover, HandoverTaken
from gatehouse.platform.actors import Actor
from gatehouse.platform.models import User
from gatehouse.platform.permissions import Role
from gatehouse.web.clock import CLOCK

pytestmark = pytest.mark.django_db(transaction=True)
Open = Callable[..., Page]
Person = Callable[..., User]
ENGLISH = {"Accept-Language": "en"}


def given(user: User) -> str:
    """What this person left at Taoyuan at the end of the shift before."""
    before = shifts_to_hand_over(clock=CLOCK)[1]
    left = handover_give(
        clock=CLOCK, officer=Actor.of(user), port="TPE", began_at=before.began_at, watch="Lane 3 jams."
    )
    return f"/handovers/{left}/"


def on_duty(client: Client, user: User) -> Client:
    client.force_login(user)
    session = client.session
    session["shift"] = SHIFT
    session.save()
    return client


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("theme", THEMES)
def test_the_handovers_are_accessible(open_screen: Open, person: Person, language: str, theme: str) -> None:
    path = given(person(Role.SECOND_LINE))
    page = open_screen("/handovers/", user=person(Role.SUPERVISOR), language=language, theme=theme)
    for name, address in (("handovers", ""), ("handover-give", "give/"), ("handover", path)):
        page.goto(page.url.split("/handovers/")[0] + (address if address == path else f"/handovers/{address}"))
        assert_accessible(page)
        picture(page, f"{name}-{language}-{theme}")


def test_a_shift_is_handed_over_and_taken_over_by_the_next(open_screen: Open, person: Person) -> None:
    giver = open_screen("/handovers/", user=person(Role.SUPERVISOR))
    giver.get_by_role("link", name="Hand this shift over").click()
    giver.get_by_label("What to watch").fill("Lane 3 jams after rain.")
    giver.keyboard.press("Control+Enter")
    expect(giver.locator("[data-record]")).to_contain_text("nobody yet")
    expect(giver.get_by_role("button", name="I have read it")).to_have_count(0)
    taker = open_screen("/shift/", user=person(Role.INSPECTOR))
    taker.get_by_role("button", name="Begin").click()
    expect(taker.get_by_role("heading", name="Not taken over yet (1)")).to_be_visible()
    taker.get_by_role("link", name="–").first.click()
    taker.get_by_role("button", name="I have read it").click()
    expect(taker.locator("[data-record]")).to_contain_text("inspector")
    [taken] = HandoverTaken.objects.all()
    assert (taken.given_by, taken.taken_by, taken.handover.watch) == (
        "user:supervisor",
        "user:inspector",
        "Lane 3 jams after rain.",
    )


def test_a_handover_prints_without_what_belongs_to_the_screen(open_screen: Open, person: Person) -> None:
    path = given(person(Role.SECOND_LINE))
    page = open_screen(path, user=person(Role.SUPERVISOR))
    page.emulate_media(media="print")
    expect(page.get_by_text("Lane 3 jams.")).to_be_visible()
    for hidden in ("form", ".rail", ".topbar"):
        expect(page.locator(f"{hidden}:visible")).to_have_count(0)


def test_whoever_gave_it_cannot_take_it_on_the_screen_either(client: Client, person: Person) -> None:
    user = person(Role.SUPERVISOR)
    path = given(user)
    answer = on_duty(client, user).post(path, {"note": ""}, headers=ENGLISH, follow=True)
    assert "who hands a shift over does not take it over" in answer.content.decode()
    assert HandoverTaken.objects.count() == 0


def test_nothing_is_handed_over_without_a_word_on_what_to_watch(client: Client, person: Person) -> None:
    began_at = shifts_to_hand_over(clock=CLOCK)[0].began_at.isoformat()
    asked = {"began_at": began_at, "watch": " "}
    answer = on_duty(client, person(Role.SUPERVISOR)).post("/handovers/give/", asked, headers=ENGLISH)
    assert answer.status_code == 400
    assert "or that there is nothing" in answer.content.decode()
    assert Handover.objects.count() == 0


def test_who_left_it_is_not_led_back_to_it(client: Client, person: Person) -> None:
    giver = person(Role.SECOND_LINE)
    given(giver)
    begun = {"port": "TPE", "lane": "A12", "direction": "entry"}
    assert on_duty(client, giver).post("/shift/", begun).headers["Location"] == "/"
    client.logout()
    assert on_duty(client, person(Role.INSPECTOR)).post("/shift/", begun).headers["Location"] == "/handovers/"
    assert client.post("/shift/", {**begun, "port": "KHH"}).headers["Location"] == "/"

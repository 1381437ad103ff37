"""Emergency access on the screens: the banner, a leaf for each use, the review."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from playwright.sync_api import Page
from tests.web.screens import PASSWORD, assert_accessible, picture

from gatehouse.audit.models import Leaf
from gatehouse.kernel.clock import FixedClock, SystemClock
from gatehouse.platform.emergencies import emergency_begin
from gatehouse.platform.models import Emergency, EmergencyReview, User
from gatehouse.platform.permissions import Role

pytestmark = pytest.mark.django_db
Person = Callable[..., User]
WHY = "The second line is at a fire, a family waits."
TAKEN = {"permission": "border.second_line", "minutes": "30", "reason": WHY}


def leaves(action: str) -> int:
    return sum(json.loads(body)["action"] == action for body in Leaf.objects.values_list("body", flat=True))


def signed_in(client: Client, user: User) -> Client:
    client.post("/sign-in/", {"username": user.username, "password": PASSWORD})
    return client


def test_taken_used_shown_and_given_back_each_leaves_its_leaf(client: Client, person: Person) -> None:
    signed_in(client, person(Role.INSPECTOR))
    assert client.get("/second-line/").status_code == 403
    assert client.post("/emergency/", TAKEN).status_code == 302
    assert leaves("platform.break_glass") == 1
    # opened, and asked for the shift first, as everybody is
    assert client.get("/second-line/").status_code == 302
    assert leaves("platform.break_glass_use") == 1
    assert b"emergency-banner" in client.get("/account/").content
    assert leaves("platform.break_glass_use") == 1
    taken = Emergency.objects.get()
    client.post("/emergency/", {"end": str(taken.pk)})
    assert leaves("platform.break_glass_end") == 1
    assert client.get("/second-line/").status_code == 403


@pytest.mark.parametrize(
    "changed", [{"reason": ""}, {"reason": "short"}, {"minutes": "45"}, {"permission": "border.correct"}]
)
def test_what_is_not_right_is_said_and_nothing_is_taken(
    client: Client, person: Person, changed: dict[str, str]
) -> None:
    signed_in(client, person(Role.INSPECTOR))
    assert client.post("/emergency/", TAKEN | changed).status_code == 400
    assert (Emergency.objects.count(), leaves("platform.break_glass")) == (0, 0)


def over(user: User) -> Emergency:
    past = FixedClock(SystemClock().now() - timedelta(days=4))
    return emergency_begin(clock=past, user=user, permission="border.second_line", minutes=30, reason=WHY)


def test_a_supervisor_reviews_it(client: Client, person: Person) -> None:
    taken = over(person(Role.INSPECTOR))
    signed_in(client, person(Role.SUPERVISOR))
    page = client.get("/emergency/reviews/").content.decode()
    assert WHY in page
    answer = {"emergency": str(taken.pk), "justified": "no", "finding": "short"}
    assert client.post("/emergency/reviews/", answer).status_code == 400
    answer["finding"] = "The second line was there, twenty metres away."
    assert client.post("/emergency/reviews/", answer).status_code == 302
    review = EmergencyReview.objects.get()
    assert (review.justified, review.finding) == (False, answer["finding"])
    assert leaves("platform.break_glass_review") == 1
    assert client.post("/emergency/reviews/", answer).status_code == 400
    assert EmergencyReview.objects.count() == 1


def test_who_may_not_take_or_review_sees_neither(client: Client, person: Person) -> None:
    signed_in(client, person(Role.ANALYST))
    assert client.get("/emergency/").status_code == 403
    assert client.get("/emergency/reviews/").status_code == 403


@pytest.mark.parametrize(("language", "theme"), [("zh-hant", "light"), ("en", "dark")])
@pytest.mark.django_db(transaction=True)
def test_the_screens(open_screen: Callable[..., Page], person: Person, language: str, theme: str) -> None:
    chen = person(Role.INSPECTOR)
    over(chen)
    emergency_begin(clock=SystemClock(), user=chen, permission="biometrics.read", minutes=30, reason=WHY)
    page = open_screen("/emergency/", user=chen, language=language, theme=theme)
    assert_accessible(page)
    picture(page, f"emergency-{language}-{theme}")
    page = open_screen("/emergency/reviews/", user=person(Role.SUPERVISOR), language=language, theme=theme)
    assert_accessible(page)
    picture(page, f"emergency-reviews-{language}-{theme}")

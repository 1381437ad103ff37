"""There and back in a real browser: the provider is another site, from which the session's cookie does not come."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from tests.web.screens import LANGUAGES, THEMES, assert_accessible, picture
from tests.web.signon.provider import Provider

from gatehouse.platform.models import User
from gatehouse.platform.permissions import Role

pytestmark = pytest.mark.django_db(transaction=True)


def test_signing_in_by_the_agencys_account(
    person: Callable[..., User], open_screen: Callable[..., Page], provider: Provider
) -> None:
    person(Role.SUPERVISOR, "chen")
    page = open_screen("/equipment/")
    page.get_by_role("link", name="Sign in with the agency's account").click()
    page.wait_for_url("**/equipment/")
    expect(page.get_by_text("陳怡君")).to_be_visible()


def test_somebody_unknown_is_told_so(open_screen: Callable[..., Page], provider: Provider) -> None:
    page = open_screen("/sign-in/")
    page.get_by_role("link", name="Sign in with the agency's account").click()
    expect(page.get_by_text("There is no account here for whom the agency's sign-on let in.")).to_be_visible()


@pytest.mark.real
@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_screens_of_the_sign_on(
    language: str, theme: str, person: Callable[..., User], open_screen: Callable[..., Page], provider: Provider
) -> None:
    page = open_screen("/sign-in/", language=language, theme=theme)
    assert_accessible(page)
    picture(page, f"sign-in-agency-{language}-{theme}")
    page.locator("a[href^='/sign-in/agency/']").click()
    page.locator(".notice").wait_for()
    assert_accessible(page)
    picture(page, f"sign-in-refused-{language}-{theme}")

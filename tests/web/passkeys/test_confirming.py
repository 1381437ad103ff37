from __future__ import annotations

import json
import time
from collections.abc import Callable

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path
from tests.web.screens import PASSWORD

from gatehouse.audit.models import Leaf, Payload
from gatehouse.kernel.clock import SystemClock
from gatehouse.platform.config import config
from gatehouse.platform.models import Passkey, User
from gatehouse.platform.permissions import SIGNED_IN, Role
from gatehouse.web.passkeys.confirming import fresh
from gatehouse.web.permissions import permission
from gatehouse.web.urls import urlpatterns as house

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


@permission(SIGNED_IN)
@fresh
def act(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"{request.method} {request.GET.get('of', '')} {request.POST.getlist('reason')}")


urlpatterns = [path("act/", act), *house]


@pytest.fixture
def stale(client: Client, person: Callable[..., User]) -> Client:
    """Somebody whose session began eleven minutes ago."""
    client.force_login(person(Role.SUPERVISOR))
    session = client.session
    session["begun_at"] = int(time.time()) - 11 * 60
    session.save()
    client.cookies["language"] = "en"
    return client


def acts() -> list[tuple[str, dict[str, str]]]:
    payloads = dict(Payload.objects.values_list("leaf_id", "body"))
    leaves = Leaf.objects.order_by("written_at", "id")
    return [(json.loads(leaf.body)["action"], json.loads(payloads[leaf.id])["detail"]) for leaf in leaves]


def test_who_signed_in_a_moment_ago_notices_nothing(client: Client, person: Callable[..., User]) -> None:
    client.force_login(person(Role.SUPERVISOR))
    assert client.get("/act/?of=1").content == b"GET 1 []"


def test_a_password_confirms_and_the_page_opens(stale: Client) -> None:
    assert "Confirm that it is you" in stale.get("/act/?of=1").content.decode()
    answer = stale.post("/act/?of=1", {"confirm": "yes", "confirm_of": "GET", "password": PASSWORD})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/act/?of=1")
    assert stale.get("/act/?of=1").content == b"GET 1 []"
    assert acts() == [("platform.confirm", {"page": "/act/", "by": "password"})]


def test_what_was_sent_too_late_is_kept_and_done_after_the_confirmation(stale: Client) -> None:
    page = stale.post("/act/", {"reason": ["a <b>", "c"]}).content.decode()
    assert '<input type="hidden" name="reason" value="a &lt;b&gt;">' in page
    assert '<input type="hidden" name="reason" value="c">' in page
    assert '<input type="hidden" name="confirm_of" value="POST">' in page
    sent = {"confirm": "yes", "confirm_of": "POST", "reason": ["a <b>", "c"]}
    assert "This is not your password." in stale.post("/act/", {**sent, "password": "wrong"}).content.decode()
    assert stale.post("/act/", {**sent, "password": PASSWORD}).content == b"POST  ['a <b>', 'c']"
    assert acts() == [
        ("platform.confirm_refuse", {"address": "127.0.0.1", "page": "/act/", "why": "This is not your password."}),
        ("platform.confirm", {"page": "/act/", "by": "password"}),
    ]


def test_guessing_has_to_wait_as_at_the_sign_in(stale: Client) -> None:
    for _ in range(5):
        stale.post("/act/", {"confirm": "yes", "confirm_of": "POST", "password": "wrong"})
    answer = stale.post("/act/", {"confirm": "yes", "confirm_of": "POST", "password": PASSWORD})
    assert "This name was tried too often." in answer.content.decode()


def test_whose_role_works_with_a_passkey_confirms_with_nothing_else(
    stale: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(config(), "passkey_roles", "supervisor")
    user = User.objects.get()
    Passkey.objects.create(
        user=user, name="ring", credential_id=b"1", credential=b"", counter=0, added_at=SystemClock().now()
    )
    session = stale.session
    session["passkey_at"] = session["begun_at"]
    session.save()
    answer = stale.post("/act/", {"confirm": "yes", "confirm_of": "POST", "password": PASSWORD})
    assert "Your role works with a passkey: confirm with it." in answer.content.decode()
    assert [action for action, _ in acts()] == ["platform.confirm_refuse"]
    forged = {"confirm": "yes", "confirm_of": "POST", "passkey": '{"rawId": "MQ"}'}
    assert "It took too long: try again." in stale.post("/act/", forged).content.decode()


def test_before_the_passkey_was_shown_nothing_else_opens(stale: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(config(), "passkey_roles", "supervisor, security_auditor")
    for page in ("/", "/equipment/", "/account/", "/act/"):
        answer = stale.get(page)
        assert (answer.status_code, answer.headers["Location"]) == (302, "/account/passkeys/add/"), page
    assert stale.post("/language/", {"language": "en"}).status_code == 302
    monkeypatch.setattr(config(), "passkey_roles", "security_auditor")
    assert stale.get("/equipment/").status_code == 200


def test_a_post_from_elsewhere_is_not_kept(person: Callable[..., User], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(config(), "passkey_roles", "supervisor")
    client = Client(enforce_csrf_checks=True)
    client.force_login(person(Role.SUPERVISOR))
    answer = client.post("/act/", {"reason": "forged"})
    assert answer.status_code == 403
    assert b"forged" not in answer.content

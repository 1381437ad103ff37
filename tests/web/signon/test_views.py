"""The way to the agency's sign-on and back, over HTTP to a provider that can be told to misbehave."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from django.http import HttpResponse
from django.test import Client
from joserfc import jwk
from tests.web.signon.provider import Provider

from gatehouse.audit.models import Leaf, Payload
from gatehouse.kernel.clock import SystemClock
from gatehouse.platform.config import config
from gatehouse.platform.models import SignInTry, SignOn, User
from gatehouse.platform.permissions import Role
from gatehouse.platform.services import user_create
from gatehouse.platform.sign_in import sign_in_try

pytestmark = pytest.mark.django_db
OTHER_QUESTION = "This answer of the agency&#x27;s sign-on belongs to another question: begin again."
NOT_SIGNED = "The answer of the agency&#x27;s sign-on is not signed by it."
OTHER_ISSUER = "This answer comes from another sign-on than the agency&#x27;s."
OTHER_SYSTEM = "This answer of the agency&#x27;s sign-on is meant for another system."
NOT_NOW = "This answer of the agency&#x27;s sign-on is not of now: begin again, or see to the clocks."


@pytest.fixture
def chen() -> User:
    roles = [Role.SUPERVISOR, Role.INSPECTOR]
    return user_create(username="chen", password="a long enough one", roles=roles, full_name="陳怡君")


@pytest.fixture
def english(client: Client) -> Client:
    client.cookies["language"] = "en"
    return client


def come_back(client: Client, provider: Provider, query: str = "") -> HttpResponse:
    """Go to the provider and come back, as a browser does."""
    sent = client.get(f"/sign-in/agency/{query}")
    assert sent.status_code == 302
    back = urlsplit(httpx.get(sent.headers["Location"]).headers["Location"])
    assert (back.netloc, back.path) == ("testserver", "/sign-in/agency/back/")
    return client.get(f"{back.path}?{back.query}", follow=True)  # type: ignore[return-value]


@pytest.fixture(autouse=True)
def _hosts(settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["testserver"]


def acts() -> list[tuple[str, str, Any]]:
    said = {leaf: json.loads(body) for leaf, body in Payload.objects.values_list("leaf_id", "body")}
    leaves = Leaf.objects.order_by("written_at", "id")
    return [(json.loads(leaf.body)["action"], said[leaf.id]["actor"], said[leaf.id]["detail"]) for leaf in leaves]


def assert_refused(client: Client, answer: HttpResponse, sentence: str) -> None:
    assert sentence in answer.content.decode()
    assert "_auth_user_id" not in client.session
    assert [action for action, _, _ in acts()] == ["platform.sign_in_refuse"]
    assert not SignOn.objects.exists()


def test_who_is_let_in_by_the_agency_is_let_in_here(english: Client, provider: Provider, chen: User) -> None:
    answer = come_back(english, provider, "?next=/equipment/")
    assert '<meta http-equiv="refresh" content="0; url=/equipment/">' in answer.content.decode()
    assert english.session["_auth_user_id"] == str(chen.pk)
    assert acts() == [("platform.sign_in", "user:chen", {"address": "127.0.0.1", "by": "sign-on"})]
    tied = SignOn.objects.get()
    assert (tied.user_id, tied.issuer, tied.subject) == (chen.pk, provider.issuer, "248289761001")
    paths = [path for path, _ in provider.asked]
    found = "/.well-known/openid-configuration"
    assert paths == [found, "/authorize", found, "/token", "/jwks"]
    asked = provider.asked[1][1]
    assert (asked["response_type"], asked["code_challenge_method"], asked["scope"]) == (
        "code",
        "S256",
        "openid profile",
    )
    assert not SignInTry.objects.exists()


def test_the_cookie_of_the_way_there_is_bound_to_the_host_and_ends_on_the_way_back(
    english: Client, provider: Provider, chen: User, settings: Any
) -> None:
    settings.COOKIE_PREFIX, settings.SESSION_COOKIE_SECURE = "__Host-", True
    sent = english.get("/sign-in/agency/")
    kept = sent.cookies["__Host-sign_on"]
    held = {name: kept[name] for name in ("secure", "httponly", "samesite", "path", "domain", "max-age")}
    assert held == {
        "secure": True,
        "httponly": True,
        "samesite": "Lax",
        "path": "/",
        "domain": "",
        "max-age": 600,
    }
    back = urlsplit(httpx.get(sent.headers["Location"]).headers["Location"])
    gone = english.get(f"{back.path}?{back.query}").cookies["__Host-sign_on"]
    assert (gone.value, gone["max-age"], gone["secure"], gone["path"]) == ("", 0, True, "/")


def test_a_page_of_elsewhere_is_not_gone_on_to(english: Client, provider: Provider, chen: User) -> None:
    answer = come_back(english, provider, "?next=https://evil.test/")
    assert 'content="0; url=/"' in answer.content.decode()


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"nonce": "another"}, OTHER_QUESTION),
        ({"nonce": None}, OTHER_QUESTION),
        ({"iss": "https://evil.test"}, OTHER_ISSUER),
        ({"aud": "another"}, OTHER_SYSTEM),
        ({"aud": ["gatehouse", "another"]}, OTHER_SYSTEM),
        ({"azp": "another"}, OTHER_SYSTEM),
        ({"exp": 1_700_000_000}, NOT_NOW),
        ({"iat": 4_000_000_000}, NOT_NOW),
        ({"exp": None}, "The answer of the agency&#x27;s sign-on lacks exp."),
        ({"iat": "yesterday"}, "The answer of the agency&#x27;s sign-on lacks iat."),
        ({"sub": None}, "The agency&#x27;s sign-on does not say whom it let in."),
        ({"preferred_username": None}, "The agency&#x27;s sign-on names no account: it lacks preferred_username."),
        ({"preferred_username": "lin"}, "There is no account here for whom the agency&#x27;s sign-on let in."),
        ({"preferred_username": ["chen"]}, "The agency&#x27;s sign-on names no account: it lacks preferred_username."),
    ],
)
def test_an_answer_that_is_not_for_here_and_now_lets_nobody_in(
    english: Client, provider: Provider, chen: User, wrong: dict[str, Any], sentence: str
) -> None:
    provider.wrong = wrong
    assert_refused(english, come_back(english, provider), sentence)


def test_another_key_and_the_secret_as_key_sign_nothing(english: Client, provider: Provider, chen: User) -> None:
    provider.key = jwk.generate_key("RSA", 2048, {"kid": "1"}, private=True)
    assert_refused(english, come_back(english, provider), NOT_SIGNED)
    provider.key, provider.algorithm = jwk.import_key(b"a secret: of the client, as a key of HS256", "oct"), "HS256"
    assert NOT_SIGNED in come_back(english, provider).content.decode()
    provider.key, provider.algorithm = jwk.generate_key("EC", "P-256", {"kid": "1"}, private=True), "ES256"
    provider.published = provider.key
    come_back(english, provider)
    assert english.session["_auth_user_id"] == str(chen.pk)


def test_keys_of_other_kinds_and_for_other_ends_are_passed_over(
    english: Client, provider: Provider, chen: User
) -> None:
    for_sealing = jwk.generate_key("RSA", 2048, {"kid": "1", "use": "enc"}, private=False).as_dict(private=False)
    provider.more_keys = [{"kty": "AKP", "kid": "1", "alg": "ML-DSA-44", "pub": "AA"}, for_sealing]
    come_back(english, provider)
    assert english.session["_auth_user_id"] == str(chen.pk)


def test_a_closed_account_and_one_without_a_role_are_refused(english: Client, provider: Provider, chen: User) -> None:
    User.objects.update(is_active=False)
    assert_refused(english, come_back(english, provider), "This account is closed. Ask the operator.")
    User.objects.update(is_active=True)
    chen.grants.all().delete()
    answer = come_back(english, provider)
    assert "This account has no role yet. Ask the operator." in answer.content.decode()
    assert {actor for _, actor, _ in acts()} == {"user:chen"}


def test_an_answer_without_its_question_or_twice_lets_nobody_in(
    english: Client, provider: Provider, chen: User
) -> None:
    sent = english.get("/sign-in/agency/")
    back = urlsplit(httpx.get(sent.headers["Location"]).headers["Location"])
    stranger = Client()
    stranger.cookies["language"] = "en"
    answer = stranger.get(f"{back.path}?{back.query}", follow=True)
    assert "this browser did not begin here" in answer.content.decode()
    assert "_auth_user_id" not in stranger.session
    english.get(f"{back.path}?{back.query}")
    assert english.session["_auth_user_id"] == str(chen.pk)
    english.post("/sign-out/")
    answer = english.get(f"{back.path}?{back.query}", follow=True)
    assert "this browser did not begin here" in answer.content.decode()
    assert "_auth_user_id" not in english.session


def test_another_state_another_issuer_and_an_error_are_refused(english: Client, provider: Provider, chen: User) -> None:
    for query, sentence in (
        ("state=another&code=1", OTHER_QUESTION),
        ("code=1", OTHER_QUESTION),
        ("state={state}&code=1", "The agency&#x27;s sign-on refused to say who it let in (400)."),
        ("state={state}&code=1&iss=https://evil.test", OTHER_ISSUER),
        ("state={state}&error=access_denied", "The agency&#x27;s sign-on let nobody in: access_denied"),
    ):
        english.get("/sign-in/agency/")
        httpx.get(english.get("/sign-in/agency/").headers["Location"])
        state = provider.asked[-1][1]["state"]
        answer = english.get(f"/sign-in/agency/back/?{query.format(state=state)}", follow=True)
        assert sentence in answer.content.decode(), query
        assert "_auth_user_id" not in english.session


def test_a_provider_that_is_silent_or_says_another_name_is_one_sentence(
    english: Client, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    provider.discovery = {"issuer": "https://evil.test"}
    assert OTHER_ISSUER in english.get("/sign-in/agency/", follow=True).content.decode()
    provider.discovery = {"token_endpoint": None}
    answer = english.get("/sign-in/agency/", follow=True)
    assert "The agency&#x27;s sign-on does not say where it is asked." in answer.content.decode()
    monkeypatch.setattr(config(), "oidc_issuer", "http://127.0.0.1:1")
    answer = english.get("/sign-in/agency/", follow=True)
    assert "The agency&#x27;s sign-on does not answer." in answer.content.decode()


def test_where_there_is_none_there_is_no_such_page(english: Client) -> None:
    assert english.get("/sign-in/agency/").status_code == 404
    assert english.get("/sign-in/agency/back/").status_code == 404
    assert "agency&#x27;s account" not in english.get("/sign-in/").content.decode()


def test_a_name_that_was_tried_too_often_waits_here_as_well(english: Client, provider: Provider, chen: User) -> None:
    for _ in range(5):
        sign_in_try(clock=SystemClock(), username="chen")
    assert "This name was tried too often." in come_back(english, provider).content.decode()
    assert "_auth_user_id" not in english.session
    SignInTry.objects.update(at=datetime.now(UTC) - timedelta(seconds=16))
    come_back(english, provider)
    assert "_auth_user_id" in english.session


def test_an_account_belongs_to_whom_it_was_tied_to(english: Client, provider: Provider, chen: User) -> None:
    come_back(english, provider)
    english.post("/sign-out/")
    provider.claims = {"sub": "another", "preferred_username": "chen"}
    answer = come_back(english, provider)
    assert "This account belongs to somebody else of the agency&#x27;s sign-on." in answer.content.decode()
    assert "_auth_user_id" not in english.session
    provider.claims = {"sub": "248289761001", "preferred_username": "chen-lin"}  # married; the same person
    come_back(english, provider)
    assert english.session["_auth_user_id"] == str(chen.pk)


def test_the_agencys_groups_narrow_what_the_account_may_and_never_widen_it(
    english: Client, provider: Provider, chen: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(config(), "oidc_roles_claim", "groups")
    groups = {"lane": Role.INSPECTOR, "head": Role.SUPERVISOR, "auditors": Role.SECURITY_AUDITOR}
    monkeypatch.setattr(config(), "oidc_roles", groups)
    provider.claims["groups"] = ["lane", "auditors", "cooks", 7]
    come_back(english, provider)
    assert acts()[-1][2] == {"address": "127.0.0.1", "by": "sign-on", "roles": ["inspector"]}
    assert english.get("/equipment/").status_code == 403  # the supervisor's
    assert english.get("/access-log/").status_code == 403  # the auditor's, whom the account is not
    assert english.get("/shift/").status_code == 200
    english.post("/sign-out/")
    provider.claims["groups"] = "auditors"
    answer = come_back(english, provider)
    assert "The agency&#x27;s sign-on stands behind none of the roles of this account." in answer.content.decode()
    assert "_auth_user_id" not in english.session
    english.post("/sign-in/", {"username": "chen", "password": "a long enough one"})
    assert english.get("/equipment/").status_code == 200


def test_an_account_is_made_only_where_the_settings_say_so_and_opens_nothing(
    english: Client, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(config(), "oidc_create_accounts", True)
    monkeypatch.setattr(config(), "oidc_roles_claim", "groups")
    monkeypatch.setattr(config(), "oidc_roles", {"lane": Role.INSPECTOR})
    provider.claims["groups"] = ["lane"]
    answer = come_back(english, provider)
    assert "This account has no role yet. Ask the operator." in answer.content.decode()
    made = User.objects.get()
    assert (made.username, made.last_name, made.has_usable_password(), made.role_set) == (
        "chen",
        "陳怡君",
        False,
        frozenset(),
    )
    assert next((action, detail) for action, _, detail in acts()) == (
        "platform.user_create",
        {"user": "user:chen", "proposed": ["inspector"]},
    )
    assert "_auth_user_id" not in english.session


def test_who_signs_in_again_is_fresh_and_a_sign_in_of_long_ago_is_not_believed(
    english: Client, provider: Provider, chen: User
) -> None:
    come_back(english, provider)
    session = english.session
    session["begun_at"] = int(time.time()) - 3600
    session.save()
    again = "/sign-in/agency/?again=1&amp;next=/account/passkeys/add/"
    assert again in english.get("/account/passkeys/add/").content.decode()
    provider.wrong = {"auth_time": int(time.time()) - 3600}
    answer = come_back(english, provider, "?again=1&next=/account/passkeys/add/")
    assert (provider.asked[-4][1]["prompt"], provider.asked[-4][1]["max_age"]) == ("login", "0")
    assert "Confirm that it is you" in english.get("/account/passkeys/add/").content.decode()
    assert acts()[-1][2]["why"] == "The agency's sign-on did not ask who sits there now."
    provider.wrong = {}
    answer = come_back(english, provider, "?again=1&next=/account/passkeys/add/")
    assert "url=/account/passkeys/add/" in answer.content.decode()
    assert "Add a passkey" in english.get("/account/passkeys/add/").content.decode()


def test_a_password_that_somebody_else_knows_is_changed_first_here_as_well(
    english: Client, provider: Provider, chen: User
) -> None:
    User.objects.update(must_change_password=True)
    come_back(english, provider)
    assert english.get("/equipment/").headers["Location"] == "/account/password/"


def test_a_session_of_the_sign_on_lasts_twelve_hours_too(english: Client, provider: Provider, chen: User) -> None:
    come_back(english, provider)
    session = english.session
    session["begun_at"] = int(time.time()) - 12 * 3600 - 1
    session.save()
    assert english.get("/equipment/").headers["Location"] == "/sign-in/"
    assert "_auth_user_id" not in english.session
